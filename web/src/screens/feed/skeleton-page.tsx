import { CardBones } from '../../parts/card/card-bones.tsx'
import { pageSize } from '../../state/feeds.ts'

/** The shape of a page that is on its way: as large as the page will be. */
export function SkeletonPage() {
  return (
    <section class="page" aria-label="A page is on its way" aria-busy="true">
      <div class="page-head">
        <span class="bone bone-line short" />
      </div>
      <ul class="grid" aria-hidden="true">
        <CardBones count={pageSize} lines={2} />
      </ul>
    </section>
  )
}
