import { useApp } from '../../state/app.ts'
import { counted } from '../../words/numbers.ts'
import { InfoIcon } from '../base/icons.tsx'

/** What the catalogue is, and on what terms it is shown. Nothing where the server is silent. */
export function HouseNotes() {
  const status = useApp().house.status.value
  if (status === undefined) return null
  const catalogue = status.catalogue ?? ''
  // The licence of MovieLens must be told, where the server has not told it already.
  const lacksTerms = /^movielens/i.test(catalogue) && !/research/i.test(catalogue)
  return (
    <p class="house">
      <InfoIcon />
      <span>
        {catalogue === ''
          ? `${counted(status.items, 'title')} in the catalogue.`
          : `Catalogue: ${catalogue}.`}
        {lacksTerms && ' MovieLens data: research use only.'}
      </span>
    </p>
  )
}
