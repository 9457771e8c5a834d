import { useLayoutEffect, useRef } from 'preact/hooks'
import { useApp } from '../../state/app.ts'
import type { Row } from '../../state/home/row.ts'
import { FilmRow } from './film-row.tsx'
import { placesOf, travel } from './flip.ts'
import { Hero } from './hero.tsx'

interface HomeRowsProps {
  readonly rows: readonly Row[]
  /** Whether the best of all stands above the rows, larger than the rest. */
  readonly hasHero: boolean
}

/** The rows; where they change, one sees what goes where. */
export function HomeRows({ rows, hasHero }: HomeRowsProps) {
  const { home } = useApp()
  const root = useRef<HTMLDivElement>(null)
  const drawn = useRef(rows)
  // While this runs, the page still shows the rows before.
  const isChange = drawn.current !== rows && root.current !== null
  const before = isChange && root.current !== null ? placesOf(root.current) : undefined
  useLayoutEffect(() => {
    drawn.current = rows
    if (before !== undefined && root.current !== null) travel(root.current, before)
  }, [rows])
  const requestId = home.requestId.value
  const risen = home.news.value?.risen
  const [first] = rows
  const best = hasHero && first?.key === 'top' ? first.items[0] : undefined
  return (
    <div ref={root} class="rows">
      {best !== undefined && <Hero key={best.id} entry={best} requestId={requestId} />}
      {rows.map((row) => (
        <FilmRow
          key={row.key}
          row={row === first && best !== undefined ? { ...row, items: row.items.slice(1) } : row}
          requestId={requestId}
          isRisen={risen?.has(row.key) === true}
        />
      ))}
    </div>
  )
}
