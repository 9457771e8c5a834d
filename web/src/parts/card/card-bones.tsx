import { each } from '../../covers/geometry.ts'

interface CardBonesProps {
  readonly count: number
  /** Lines of text that the cards will have under their covers. */
  readonly lines?: number
}

/** The shapes of cards that are on their way: as large as those will be. */
export function CardBones({ count, lines = 0 }: CardBonesProps) {
  return (
    <>
      {each(count).map((n) => (
        <li key={n} class="card" aria-hidden="true">
          <span class="bone bone-cover" />
          {each(lines).map((line) => (
            <p key={line} class="card-line">
              <span class="bone bone-line" />
            </p>
          ))}
          <div class="card-tools">
            <span class="bone bone-line short" />
          </div>
        </li>
      ))}
    </>
  )
}
