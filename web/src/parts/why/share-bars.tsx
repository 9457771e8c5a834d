import type { ItemExplanation } from '../../state/api.ts'
import { signed } from '../../words/numbers.ts'

interface ShareBarsProps {
  /** Largest first. */
  readonly shares: ItemExplanation['shares']
  /** What the longest bar of the page stands for, so that items can be told apart by theirs. */
  readonly largest: number
}

/** Bars of each direction. */
const shownMax = 3

/** What speaks for an item and what against it, as bars from a middle line. */
export function ShareBars({ shares, largest }: ShareBarsProps) {
  const shown = [
    ...shares.filter(({ contribution }) => contribution > 0).slice(0, shownMax),
    ...shares.filter(({ contribution }) => contribution < 0).slice(0, shownMax),
  ]
  return (
    <ul class="shares" aria-label="What speaks for it and against it, beside the average">
      {shown.map(({ name, contribution }) => (
        <li key={name}>
          <span class="share-name">{name}</span>
          <span class="share-track" aria-hidden="true">
            <span
              class={`share-bar share-${contribution < 0 ? 'against' : 'for'}`}
              style={{ width: breadthOf(contribution, largest) }}
            />
          </span>
          <span class="share-value">{signed(contribution)}</span>
        </li>
      ))}
    </ul>
  )
}

function breadthOf(value: number, largest: number): string {
  return `${(Math.min(1, Math.abs(value) / largest) * 50 || 0).toFixed(1)}%`
}
