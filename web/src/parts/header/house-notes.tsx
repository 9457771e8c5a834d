import { useApp } from '../../state/app.ts'
import { counted } from '../../words/numbers.ts'

/** What the catalogue is, and on what terms it is shown. Nothing where the server is silent. */
export function HouseNotes() {
  const status = useApp().house.status.value
  if (status === undefined) return null
  const catalogue = status.catalogue ?? ''
  const isMovieLens = /movielens/i.test(catalogue) && !/could not/i.test(catalogue)
  return (
    <p class="house">
      {catalogue === '' ? (
        <span>{counted(status.items, 'title')} in the catalogue.</span>
      ) : (
        <span>Catalogue: {catalogue}.</span>
      )}
      {isMovieLens && <span> MovieLens data: research use only.</span>}
    </p>
  )
}
