import { each } from '../../covers/geometry.ts'
import { collectionPath } from '../../route/path.ts'
import type { Person } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { counted } from '../../words/numbers.ts'

type Taste = Person['statistics']['tastes'][number]

interface TasteChartProps {
  /** Undefined while they are on their way. */
  readonly tastes: readonly Taste[] | undefined
}

const shownMax = 12

/** What a user acts on, and how much of it they like: a bar for each genre. */
export function TasteChart({ tastes }: TasteChartProps) {
  const { demo } = useApp()
  const shown = tastes?.filter(({ attribute }) => attribute === 'genres').slice(0, shownMax)
  const most = Math.max(1, ...(shown ?? []).map(({ count }) => count))
  return (
    <section class="section" aria-labelledby="taste-title">
      <div class="section-head">
        <h2 id="taste-title">Taste</h2>
        <p class="hint taste-key">
          <span class="key key-liked" /> liked <span class="key" /> other {demo.things} met
        </p>
      </div>
      {shown?.length === 0 && (
        <p class="hint">
          Nothing yet: every {demo.thing} that is opened or rated draws a line here.
        </p>
      )}
      <ul class="tastes">
        {shown === undefined
          ? each(shownMax).map((n) => (
              <li key={n} class="taste">
                <span class="bone bone-line" />
                <span class="bone bone-line" />
              </li>
            ))
          : shown.map((taste) => <TasteLine key={taste.value} taste={taste} most={most} />)}
      </ul>
    </section>
  )
}

function TasteLine({ taste, most }: { readonly taste: Taste; readonly most: number }) {
  const { attribute, value, count, likedShare, average } = taste
  const { thing, things } = useApp().demo
  const length = (count / most) * 100
  const share = Math.round(likedShare * 100)
  return (
    <li class="taste">
      <a href={collectionPath(attribute, value)}>{value}</a>
      <svg
        class="taste-bar"
        viewBox="0 0 100 10"
        preserveAspectRatio="none"
        role="img"
        aria-label={`${counted(count, thing, things)}, ${share} % of them liked`}
      >
        <rect class="taste-met" width={length} height={10} />
        <rect class="taste-liked" width={length * likedShare} height={10} />
      </svg>
      <span class="taste-words">
        <span>{count}</span>
        <span class="hint">{average === undefined ? `${share} %` : `${average.toFixed(1)} ★`}</span>
      </span>
    </li>
  )
}
