import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { type Failure, failureOf } from '../../../src/state/failure.ts'
import { Ago } from '../../parts/ago.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import type { ParameterVersion } from '../../state/api.ts'
import { useConsole } from '../../state/console.ts'
import { whole } from '../../words/units.ts'
import { Changes } from './changes.tsx'
import { pretty } from './value-text.ts'
import { whoAsked } from './who.ts'

interface VersionsProps {
  readonly name: string
  /** The version in force. */
  readonly current: number
  /** Newest first. */
  readonly versions: readonly ParameterVersion[]
  readonly onChanged: () => void
}

/** The values a parameter had, and a way back to each. */
export function Versions({ name, current, versions, onChanged }: VersionsProps) {
  const { client } = useConsole()
  const dialog = useRef<HTMLDialogElement>(null)
  const wanted = useSignal<ParameterVersion | undefined>(undefined)
  const failure = useSignal<Failure | undefined>(undefined)
  const rollBack = async (): Promise<void> => {
    const { version } = wanted.value ?? {}
    if (version === undefined) return
    failure.value = undefined
    try {
      await client.rollbackParameter({ name, version, ...whoAsked() })
      onChanged()
    } catch (error) {
      failure.value = failureOf(error)
    }
  }
  return (
    <>
      {failure.value !== undefined && <Trouble failure={failure.value} />}
      <ol class="versions">
        {versions.map((one) => (
          <li key={one.version} class={one.version === current ? 'version-current' : ''}>
            <div class="version-head">
              <b>{one.version === 0 ? 'As built' : `Version ${whole(one.version)}`}</b>
              <span class="hint">
                {one.by !== undefined && `by ${one.by} `}
                {one.at !== undefined && <Ago at={one.at} />}
              </span>
              {one.version === current ? (
                <span class="badge badge-good">in force</span>
              ) : (
                <button
                  type="button"
                  class="tool-button"
                  aria-label={`Roll back to version ${one.version}`}
                  onClick={() => {
                    wanted.value = one
                    dialog.current?.showModal()
                  }}
                >
                  Roll back
                </button>
              )}
            </div>
            {one.version > 0 && <Changes changes={one.changes} />}
          </li>
        ))}
      </ol>
      <dialog
        ref={dialog}
        class="dialog"
        aria-labelledby="rollback-title"
        onClose={(event) => {
          if (event.currentTarget.returnValue === 'yes') void rollBack()
          event.currentTarget.returnValue = ''
        }}
      >
        <form method="dialog">
          <h2 id="rollback-title">
            Put version {wanted.value?.version ?? 0} of {name} in force again?
          </h2>
          <p class="hint">It becomes a new version; nothing of the history is lost.</p>
          <pre>{wanted.value === undefined ? '' : pretty(wanted.value.value)}</pre>
          <div class="dialog-tools">
            <button type="submit" class="tool-button" value="no">
              Keep what is in force
            </button>
            <button type="submit" class="tool-button primary" value="yes">
              Roll back
            </button>
          </div>
        </form>
      </dialog>
    </>
  )
}
