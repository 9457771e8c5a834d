import { userPath } from '../../route/path.ts'
import { useApp } from '../../state/app.ts'

/** By what a list can be ranked: the names are those of the models in the address. */
const models = [
  ['', 'In force'],
  ['ranker', 'Ranker'],
  ['factors', 'Factors'],
  ['popular', 'Popular'],
] as const

interface ModelChoiceProps {
  readonly id: string
  readonly model: string
}

/** Chooses which model ranks; the choice is in the address, to be linked and compared. */
export function ModelChoice({ id, model }: ModelChoiceProps) {
  const { router } = useApp()
  return (
    <nav class="segments" aria-label="Ranked by">
      {models.map(([value, words]) => (
        <a
          key={value}
          href={userPath(id, value)}
          aria-current={value === model ? 'true' : undefined}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
            event.preventDefault()
            router.replace(userPath(id, value))
          }}
        >
          {words}
        </a>
      ))}
    </nav>
  )
}
