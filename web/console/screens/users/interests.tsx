import { Ago } from '../../parts/ago.tsx'
import { Meter } from '../../parts/meter.tsx'
import { paths } from '../../route/place.ts'
import type { Interest } from '../../state/api.ts'
import { share } from '../../words/units.ts'

interface InterestsProps {
  readonly interests: readonly Interest[]
  /** The other kind: what stands in both is marked. */
  readonly other: readonly Interest[]
}

const keyOf = ({ channel, attribute, topic }: Interest): string =>
  JSON.stringify([channel, attribute, topic])

/** Topics with their weight; each opens to the deeds that tell. */
export function Interests({ interests, other }: InterestsProps) {
  if (interests.length === 0) {
    return (
      <div class="interests">
        <p class="empty">Nothing yet: deeds with items that have tags tell of interests.</p>
      </div>
    )
  }
  const most = Math.max(...interests.map(({ weight }) => weight), Number.MIN_VALUE)
  const others = new Set(other.map(keyOf))
  return (
    <ul class="interests">
      {interests.map((interest) => {
        const { channel, attribute, topic, because } = interest
        const key = keyOf(interest)
        return (
          <li key={key}>
            <details>
              <summary>
                <span class="interest-topic">
                  {topic}
                  <span class="hint">
                    {' '}
                    {/* Who is followed by name alone is of no attribute. */}
                    {attribute !== '' && `${attribute}, `}
                    {share(interest.share)} of {channel === '' ? 'all' : `channel ${channel}`}
                  </span>
                  {others.has(key) && (
                    <span class="both" title="Both in the long run and now">
                      both
                    </span>
                  )}
                </span>
                <Meter share={interest.weight / most}>{interest.weight.toPrecision(3)}</Meter>
              </summary>
              <ul class="because">
                {because.map(({ item, action, at, weight }) => (
                  <li key={`${item} ${action} ${at}`}>
                    <span>
                      {action} <a href={paths.item(item)}>{item}</a> <Ago at={at} />
                    </span>
                    <span class="number">{weight.toPrecision(3)}</span>
                  </li>
                ))}
                {because.length === 0 && <li>No single deed is remembered for it.</li>}
              </ul>
            </details>
          </li>
        )
      })}
    </ul>
  )
}
