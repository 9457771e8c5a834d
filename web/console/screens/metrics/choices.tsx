import { useRef } from 'preact/hooks'
import { dimensionsMax, type MetricsView, measuresMax, toggled } from '../../route/metrics-view.ts'
import type { Catalogue } from '../../state/api.ts'
import { has, measuresOf } from './question.ts'

interface ChoicesProps {
  readonly view: MetricsView
  readonly catalogue: Catalogue
  readonly onChange: (view: MetricsView) => void
}

/** What is measured, and by what it is sliced. */
export function Choices({ view, catalogue, onChange }: ChoicesProps) {
  const measures = measuresOf(view, catalogue)
  const lacking = (dimension: string): string | undefined =>
    measures.find((measure) => !has(measure, dimension))?.name
  return (
    <div class="choices">
      <Names
        title="Measure"
        all={catalogue.measures}
        chosen={measures.map(({ name }) => name)}
        onToggle={(name) =>
          onChange({
            ...view,
            measures: toggled(
              measures.map((measure) => measure.name),
              name,
              measuresMax,
            ),
          })
        }
      />
      <Names
        title="Slice by"
        all={catalogue.dimensions}
        chosen={view.by}
        isOpenEnded
        lacking={lacking}
        onToggle={(name) => onChange({ ...view, by: toggled(view.by, name, dimensionsMax) })}
      />
    </div>
  )
}

interface NamesProps {
  readonly title: string
  readonly all: readonly { readonly name: string; readonly description: string }[]
  readonly chosen: readonly string[]
  /** Names may be made up: `item.genres`. */
  readonly isOpenEnded?: boolean
  /** What stands against choosing a name: the measure that does not have it. */
  readonly lacking?: (name: string) => string | undefined
  readonly onToggle: (name: string) => void
}

function Names({ title, all, chosen, isOpenEnded = false, lacking, onToggle }: NamesProps) {
  const input = useRef<HTMLInputElement>(null)
  // Names such as `item.*` stand for many; somebody must say which.
  const fixed = all.filter(({ name }) => !name.endsWith('*'))
  const known = new Set(fixed.map(({ name }) => name))
  const added = chosen.filter((name) => !known.has(name))
  return (
    <fieldset class="names">
      <legend>{title}</legend>
      <div class="name-chips">
        {[...fixed, ...added.map((name) => ({ name, description: name }))].map(
          ({ name, description }) => {
            const without = lacking?.(name)
            const isChosen = chosen.includes(name)
            return (
              <button
                key={name}
                type="button"
                class="name-chip"
                title={without === undefined ? description : `${without} has no ${name}`}
                aria-pressed={isChosen}
                disabled={without !== undefined && !isChosen}
                onClick={() => onToggle(name)}
              >
                {name}
              </button>
            )
          },
        )}
        {isOpenEnded && (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              const name = input.current?.value.trim() ?? ''
              if (name !== '' && !chosen.includes(name)) onToggle(name)
              if (input.current !== null) input.current.value = ''
            }}
          >
            <input
              ref={input}
              class="name-input"
              aria-label="Slice by another dimension"
              placeholder="item.genres"
              spellcheck={false}
              autocomplete="off"
            />
          </form>
        )}
      </div>
    </fieldset>
  )
}
