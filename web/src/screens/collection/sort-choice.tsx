import { collectionPath } from '../../route/path.ts'
import { type Sort, sorts } from '../../route/route.ts'
import { useApp } from '../../state/app.ts'

const words: Readonly<Record<Sort, string>> = {
  popular: 'Most liked',
  rating: 'Best rated',
  newest: 'Newest',
  title: 'By title',
}

interface SortChoiceProps {
  readonly attribute: string
  readonly value: string
  readonly sort: Sort
}

/** The order of a collection; it is in the address. */
export function SortChoice({ attribute, value, sort }: SortChoiceProps) {
  const { router } = useApp()
  return (
    <label class="sort">
      <span>Sort</span>
      <select
        value={sort}
        onChange={(event) => {
          const wanted = sorts.find((name) => name === event.currentTarget.value) ?? sort
          router.replace(collectionPath(attribute, value, wanted))
        }}
      >
        {sorts.map((name) => (
          <option key={name} value={name}>
            {words[name]}
          </option>
        ))}
      </select>
    </label>
  )
}
