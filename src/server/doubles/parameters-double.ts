import { jsonChanges } from '../../engine/control/json-changes.ts'
import type {
  ParameterDoor,
  ParameterVersion,
  ParameterView,
} from '../../engine/views/parameters.ts'
import { invalid, StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import type { Json } from '../../events/event.ts'

/** The hot parameters of the engine double: one, which must be a number. */
export function parametersDouble(clock: Clock): ParameterDoor {
  const quota = { name: 'blend.quota', description: 'Hot items per page.' }
  const versions: ParameterVersion[] = [{ version: 0, value: 20, changes: [] }]

  const check = (name: string, value: Json): void => {
    if (name !== quota.name) throw new StarlingError('not_found', `no parameter ${name} is known`)
    if (typeof value !== 'number') throw invalid('value', 'must be a number')
  }
  const view = (): ParameterView => {
    const { version, value, at, by } = versions[0]!
    const said = at === undefined ? {} : { changedAt: at, by: by! }
    return { ...quota, value, version, ...said }
  }
  const set = async (name: string, value: Json, by: string): Promise<ParameterView> => {
    check(name, value)
    const { version, value: before } = versions[0]!
    const changes = jsonChanges(before, value)
    versions.unshift({ version: version + 1, value, at: clock.now(), by, changes })
    return view()
  }

  return {
    parameters: async () => [view()],
    setParameter: set,
    async checkParameter(name, value) {
      check(name, value)
      return jsonChanges(view().value, value)
    },
    async parameterHistory(name) {
      check(name, 0)
      return versions
    },
    async rollbackParameter(name, version, by) {
      check(name, 0)
      const found = versions.find((each) => each.version === version)
      if (found === undefined) throw invalid('version', `${version} is not kept`)
      return set(name, found.value, by)
    },
  }
}
