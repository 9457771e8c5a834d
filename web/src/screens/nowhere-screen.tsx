import { useTitle } from '../parts/base/use-title.ts'
import { useApp } from '../state/app.ts'

/** An address that leads to nothing. */
export function NowhereScreen() {
  const { demo } = useApp()
  useTitle('Nothing here')
  return (
    <div class="screen nowhere">
      <h1>There is nothing here</h1>
      <p>The address may be mistyped, or the {demo.thing} was never in the catalogue.</p>
      <p>
        <a class="button primary" href={demo.home}>
          To the {demo.things}
        </a>
      </p>
    </div>
  )
}
