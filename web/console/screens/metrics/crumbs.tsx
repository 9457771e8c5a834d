import { CloseIcon } from '../../../src/parts/base/icons.tsx'
import { type MetricsView, withSlices } from '../../route/metrics-view.ts'
import { paths } from '../../route/place.ts'
import { moment } from '../../words/units.ts'

/** Into which slices one has gone: each leads back, and each can be taken away. */
export function Crumbs({ view }: { readonly view: MetricsView }) {
  const { where, span } = view
  const isZoomed = 'from' in span
  return (
    <nav class="crumbs" aria-label="Slices">
      <ol>
        <li>
          {where.length === 0 ? (
            <span aria-current="page">Everything</span>
          ) : (
            <a href={paths.metrics(withSlices(view, 0))}>Everything</a>
          )}
        </li>
        {where.map(({ dimension, values }, place) => {
          const words = values.map((value) => (value === '' ? '(none)' : value)).join(' or ')
          const others = where.filter((_, other) => other !== place)
          return (
            <li key={dimension}>
              <a
                href={paths.metrics(withSlices(view, place + 1))}
                aria-current={place === where.length - 1 ? 'page' : undefined}
              >
                <span class="crumb-dimension">{dimension}</span> {words}
              </a>
              <a
                class="crumb-away"
                href={paths.metrics({ ...view, where: others })}
                aria-label={`Without ${dimension} ${words}`}
              >
                <CloseIcon />
              </a>
            </li>
          )
        })}
        {isZoomed && (
          <li>
            <span>
              <span class="crumb-dimension">time</span> {moment(span.from)} – {moment(span.to)}
            </span>
            <a
              class="crumb-away"
              href={paths.metrics({ ...view, span: { lastMs: 3_600_000 } })}
              aria-label="Back to the last hour"
            >
              <CloseIcon />
            </a>
          </li>
        )}
      </ol>
    </nav>
  )
}
