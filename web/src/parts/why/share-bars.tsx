import type { Shares } from '../../why/shares.ts'
import { signed } from '../../words/numbers.ts'

interface ShareBarsProps {
  readonly shares: Shares
}

const shownMax = 7

/** What spoke for an item and what against it, as bars from a middle line. */
export function ShareBars({ shares: { own, common } }: ShareBarsProps) {
  const shown = own.slice(0, shownMax)
  const rest = own.slice(shownMax).reduce((sum, { contribution }) => sum + contribution, 0)
  const largest = Math.max(...own.map(({ contribution }) => Math.abs(contribution)), 1e-9)
  return (
    <>
      <ul class="shares" aria-label="What spoke for it and against it">
        {shown.map(({ name, contribution }) => (
          <ShareBar key={name} name={name} value={contribution} largest={largest} />
        ))}
        {own.length > shownMax && <ShareBar name="Smaller things" value={rest} largest={largest} />}
      </ul>
      <p class="hint">
        Parts of its score in log-odds; {signed(common)} more is the same for the whole page.
      </p>
    </>
  )
}

interface ShareBarProps {
  readonly name: string
  readonly value: number
  readonly largest: number
}

function ShareBar({ name, value, largest }: ShareBarProps) {
  const breadth = `${(Math.min(1, Math.abs(value) / largest) * 50 || 0).toFixed(1)}%`
  const side = value < 0 ? 'against' : 'for'
  return (
    <li>
      <span class="share-name">{name}</span>
      <span class="share-track" aria-hidden="true">
        <span class={`share-bar share-${side}`} style={{ width: breadth }} />
      </span>
      <span class="share-value">{signed(value)}</span>
    </li>
  )
}
