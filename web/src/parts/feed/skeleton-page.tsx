import { each } from '../../covers/geometry.ts'
import { pageSize } from '../../state/feeds.ts'

/** The shape of a page that is on its way: as large as the page will be. */
export function SkeletonPage() {
  return (
    <section class="page" aria-label="A page is on its way" aria-busy="true">
      <div class="page-head">
        <span class="bone bone-line" />
      </div>
      <ul class="grid" aria-hidden="true">
        {each(pageSize).map((n) => (
          <li key={n} class="card">
            <span class="bone bone-cover" />
            <p class="card-genres">
              <span class="bone bone-line" />
            </p>
            <p class="card-why">
              <span class="bone bone-line short" />
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
