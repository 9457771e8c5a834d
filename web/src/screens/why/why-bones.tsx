import { each } from '../../covers/geometry.ts'

/** The shapes of what is on its way: as large as that will be, about. */
export function WhyBones() {
  return (
    <div aria-hidden="true">
      <span class="bone why-bone-picture" />
      {each(4).map((n) => (
        <span key={n} class="bone why-bone-item" />
      ))}
    </div>
  )
}
