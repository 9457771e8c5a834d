import { useTitle } from '../parts/base/use-title.ts'
import { homePath } from '../route/path.ts'

/** An address that leads to nothing. */
export function NowhereScreen() {
  useTitle('Nothing here')
  return (
    <div class="screen nowhere">
      <h1>There is nothing here</h1>
      <p>The address may be mistyped, or the film was never in the catalogue.</p>
      <p>
        <a class="button primary" href={homePath}>
          To the films
        </a>
      </p>
    </div>
  )
}
