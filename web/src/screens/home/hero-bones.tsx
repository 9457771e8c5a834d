/** The shape of the film on top, while it is on its way. */
export function HeroBones() {
  return <div class="hero bone" aria-hidden="true" />
}
