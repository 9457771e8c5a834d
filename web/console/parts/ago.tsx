import { ago } from '../../src/words/numbers.ts'
import { moment } from '../words/units.ts'

/** How long ago something was; when, to the second, for who points at it. */
export function Ago({ at }: { readonly at: string }) {
  const when = Date.parse(at)
  return (
    <time dateTime={at} title={moment(when)}>
      {ago(when, Date.now())}
    </time>
  )
}
