import { each } from '../../covers/geometry.ts'
import { CardBones } from '../../parts/card/card-bones.tsx'

/** The shapes of rows that are on their way. */
export function RowBones({ count }: { readonly count: number }) {
  return (
    <div class="rows" aria-hidden="true">
      {each(count).map((n) => (
        <section key={n} class="row">
          <div class="row-head">
            <span class="bone bone-title" />
          </div>
          <ul class="row-track">
            <CardBones count={9} />
          </ul>
        </section>
      ))}
    </div>
  )
}
