/** Where rows and films stand on the page, to let them travel from there to where they go. */
export interface Places {
  /** Top of each row, in px of the window. */
  readonly rows: ReadonlyMap<string, number>
  /** Where each film stands in its row. */
  readonly films: ReadonlyMap<string, { readonly row: string; readonly left: number }>
}

const easing = 'cubic-bezier(.2, .8, .2, 1)'
const durationMs = 520

/** Reads the places of `[data-row]` and of the `[data-flip]` in them. */
export function placesOf(root: Element): Places {
  const rows = new Map<string, number>()
  const films = new Map<string, { row: string; left: number }>()
  for (const row of rowsIn(root)) {
    const key = row.dataset['row'] ?? ''
    const { top, left } = row.getBoundingClientRect()
    rows.set(key, top)
    for (const film of filmsIn(row)) {
      const place = film.getBoundingClientRect().left - left
      films.set(film.dataset['flip'] ?? '', { row: key, left: place })
    }
  }
  return { rows, films }
}

/**
 * First, last, invert, play: everything goes from where it stood to where it stands; what is new
 * appears. Nothing moves for those who would rather not see it.
 */
export function travel(root: Element, before: Places): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const now = placesOf(root)
  for (const row of rowsIn(root)) {
    const key = row.dataset['row'] ?? ''
    const [from, to] = [before.rows.get(key), now.rows.get(key)]
    if (from === undefined || to === undefined) appear(row)
    else {
      move(row, 0, from - to)
      for (const film of filmsIn(row)) step(film, key, before, now)
    }
  }
}

function step(film: HTMLElement, row: string, before: Places, now: Places): void {
  const id = film.dataset['flip'] ?? ''
  const [from, to] = [before.films.get(id), now.films.get(id)]
  if (from?.row !== row || to === undefined) appear(film)
  else move(film, from.left - to.left, 0)
}

function move(element: HTMLElement, x: number, y: number): void {
  if (Math.abs(x) < 1 && Math.abs(y) < 1) return
  element.animate([{ translate: `${x}px ${y}px` }, { translate: '0 0' }], {
    ...{ duration: durationMs, easing },
  })
}

function appear(element: HTMLElement): void {
  element.animate(
    [
      { opacity: 0, scale: 0.9 },
      { opacity: 1, scale: 1 },
    ],
    {
      ...{ duration: durationMs, easing },
    },
  )
}

const rowsIn = (root: Element): readonly HTMLElement[] => [
  ...root.querySelectorAll<HTMLElement>('[data-row]'),
]
const filmsIn = (row: Element): readonly HTMLElement[] => [
  ...row.querySelectorAll<HTMLElement>('[data-flip]'),
]
