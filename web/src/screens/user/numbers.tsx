import type { Person } from '../../state/api.ts'
import { count } from '../../words/numbers.ts'

interface NumbersProps {
  /** Undefined while they are on their way. */
  readonly statistics: Person['statistics'] | undefined
}

/** A user in six numbers. */
export function Numbers({ statistics }: NumbersProps) {
  const { ratings, likes, average, highest, lowest, since } = statistics ?? {}
  const pairs: readonly (readonly [string, string])[] = [
    ['Rated', words(ratings)],
    ['Liked', words(likes)],
    ['Average', words(average)],
    ['Highest', words(highest)],
    ['Lowest', words(lowest)],
    ['Since', since === undefined ? '–' : String(new Date(since).getUTCFullYear())],
  ]
  return (
    <dl class="numbers">
      {pairs.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const words = (value: number | undefined): string => (value === undefined ? '–' : count(value))
