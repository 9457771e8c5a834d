import { whole } from '../words/units.ts'
import { Ago } from './ago.tsx'

interface SetScoreProps {
  /** Of the set; undefined while it is not known. */
  readonly kind: string | undefined
  readonly score: number
}

/** What an item scores in a set: in the set of the newest, since when it is there. */
export function SetScore({ kind, score }: SetScoreProps) {
  return kind === 'newest' ? (
    <Ago at={new Date(score).toISOString()} />
  ) : (
    <span>{whole(score)}</span>
  )
}
