import { Ago } from '../../parts/ago.tsx'
import { Answered, Panel } from '../../parts/panel.tsx'
import { useTitle } from '../../parts/use-title.ts'
import { paths } from '../../route/place.ts'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'
import { whole } from '../../words/units.ts'
import { Editor } from './editor.tsx'
import { Versions } from './versions.tsx'

/** What can be changed while the engine runs: tried first, and undone where it was wrong. */
export function ParametersScreen({ name }: { readonly name: string }) {
  useTitle(name === '' ? 'Parameters' : `Parameter ${name}`)
  const { client } = useConsole()
  const asked = useLive('parameters', (signal) => client.listParameters({}, { signal }), 4_000)
  const history = useLive(
    `parameter ${name}`,
    async (signal) =>
      name === '' ? { versions: [] } : client.parameterHistory({ name }, { signal }),
    8_000,
  )
  const refresh = (): void => {
    asked.refresh()
    history.refresh()
  }
  const opened = asked.answer?.parameters.find((parameter) => parameter.name === name)
  return (
    <div class="screen parameters">
      <div class="screen-head">
        <h1>Parameters</h1>
        <p class="hint">In force at once, without a restart; every value is kept.</p>
      </div>
      <div class="side">
        <Panel id="all-parameters" title="All">
          <Answered asked={asked} room={16}>
            {({ parameters }) => (
              <ul class="entries">
                {parameters.map((parameter) => (
                  <li key={parameter.name}>
                    <a
                      class="entry"
                      href={paths.parameter(parameter.name)}
                      aria-current={parameter.name === name ? 'true' : undefined}
                    >
                      <span class="entry-name">{parameter.name}</span>
                      <span class="hint">
                        {parameter.changedAt === undefined ? (
                          'as built'
                        ) : (
                          <>
                            version {whole(parameter.version)}, <Ago at={parameter.changedAt} />
                          </>
                        )}
                      </span>
                    </a>
                  </li>
                ))}
              </ul>
            )}
          </Answered>
        </Panel>
        {opened === undefined ? (
          <div class="empty">
            {name === ''
              ? 'Choose a parameter to see its value and how it came to be.'
              : asked.answer !== undefined && `There is no parameter ${name}.`}
          </div>
        ) : (
          <div class="stack">
            <Editor key={name} parameter={opened} onChanged={refresh} />
            <Panel id="versions" title="History" note="newest first">
              <Answered asked={history} room={12}>
                {({ versions }) => (
                  <Versions
                    key={name}
                    name={name}
                    current={opened.version}
                    versions={versions}
                    onChanged={refresh}
                  />
                )}
              </Answered>
            </Panel>
          </div>
        )}
      </div>
    </div>
  )
}
