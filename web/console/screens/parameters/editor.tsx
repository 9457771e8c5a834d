import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { type Failure, failureOf } from '../../../src/state/failure.ts'
import { Panel } from '../../parts/panel.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import type { Change, Parameter } from '../../state/api.ts'
import { useConsole } from '../../state/console.ts'
import { whole } from '../../words/units.ts'
import { Changes } from './changes.tsx'
import { pretty, readValue } from './value-text.ts'
import { keepWho, who, whoAsked } from './who.ts'

interface EditorProps {
  readonly parameter: Parameter
  readonly onChanged: () => void
}

/** What the server said of a text: it can be put in force while it is still the same text. */
interface Checked {
  readonly text: string
  /** The version that the changes start from. */
  readonly version: number
  readonly changes: readonly Change[]
}

/** The value of a parameter, to be changed: first tried, then put in force. */
export function Editor({ parameter, onChanged }: EditorProps) {
  const { client } = useConsole()
  const { name, description, value, version, by } = parameter
  const text = useSignal(pretty(value))
  const based = useRef({ version, text: pretty(value) })
  const checked = useSignal<Checked | undefined>(undefined)
  const failure = useSignal<Failure | undefined>(undefined)
  const told = useSignal('')
  const isTouched = text.value !== based.current.text
  // Somebody else changed it: a text that nobody touched follows. What was put in force here is
  // newer than what is listed until the list is asked for again.
  const isOutdated = version > based.current.version
  if (isOutdated && !isTouched) {
    based.current = { version, text: pretty(value) }
    text.value = based.current.text
  }
  const read = readValue(text.value)
  const current = checked.value?.text === text.value ? checked.value : undefined

  const ask = async (call: () => Promise<void>): Promise<void> => {
    failure.value = undefined
    told.value = ''
    try {
      await call()
    } catch (error) {
      failure.value = failureOf(error)
    }
  }
  const check = () =>
    ask(async () => {
      if (!('value' in read)) return
      const asked = text.value
      const { changes } = await client.checkParameter({ name, value: read.value })
      checked.value = { text: asked, version, changes }
    })
  const apply = () =>
    ask(async () => {
      if (!('value' in read)) return
      const asked = text.value
      const next = await client.setParameter({ name, value: read.value, ...whoAsked() })
      based.current = { version: next.version, text: pretty(next.value) }
      // What was written meanwhile is not lost.
      if (text.value === asked) text.value = based.current.text
      checked.value = undefined
      told.value = `In force as version ${whole(next.version)}.`
      onChanged()
    })
  return (
    <Panel
      id="value"
      title={name}
      note={`version ${whole(version)}${by === undefined ? '' : `, by ${by}`}`}
    >
      <p class="hint">{description}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void check()
        }}
      >
        <textarea
          class="editor"
          aria-label={`Value of ${name}`}
          aria-invalid={'fault' in read}
          rows={Math.min(24, Math.max(6, text.value.split('\n').length + 1))}
          spellcheck={false}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value
            told.value = ''
          }}
        />
        <div class="sql-tools">
          <button type="submit" class="tool-button" disabled={'fault' in read || !isTouched}>
            Check
          </button>
          <button
            type="button"
            class="tool-button primary"
            disabled={current === undefined || current.changes.length === 0}
            onClick={() => void apply()}
          >
            Put in force
          </button>
          {isTouched && (
            <button
              type="button"
              class="text-button"
              onClick={() => {
                based.current = { version, text: pretty(value) }
                text.value = based.current.text
                failure.value = undefined
              }}
            >
              Undo
            </button>
          )}
          <label class="who-field">
            <span>Your name</span>
            <input
              defaultValue={who()}
              placeholder="the key in use"
              maxLength={128}
              autocomplete="off"
              onInput={(event) => keepWho(event.currentTarget.value.trim())}
            />
          </label>
        </div>
      </form>
      <div aria-live="polite">
        {'fault' in read && <p class="fault">{read.fault}</p>}
        {isTouched && isOutdated && (
          <p class="fault">It was changed meanwhile: version {whole(version)} is in force.</p>
        )}
        {failure.value !== undefined && <Trouble failure={failure.value} />}
        {told.value !== '' && <p class="told">{told.value}</p>}
        {current !== undefined && (
          <>
            <h3>What it would change</h3>
            <Changes changes={current.changes} />
          </>
        )}
      </div>
    </Panel>
  )
}
