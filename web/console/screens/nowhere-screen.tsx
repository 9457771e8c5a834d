import { useTitle } from '../parts/use-title.ts'
import { paths } from '../route/place.ts'

export function NowhereScreen() {
  useTitle('Nowhere')
  return (
    <div class="screen">
      <h1>There is nothing here</h1>
      <p class="hint">
        The address may be mistyped. See{' '}
        <a class="panel-link" href={paths.now}>
          what happens now
        </a>
        .
      </p>
    </div>
  )
}
