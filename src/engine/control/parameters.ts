import { invalid, StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import type { Json } from '../../events/event.ts'
import type { Journal } from '../../state/journal.ts'
import { newestGood } from '../../state/parameter-view.ts'
import { type ParameterState, parameters } from '../../state/projections/parameters.ts'
import type { State } from '../../state/state.ts'
import type { ParameterDoor, ParameterVersion, ParameterView } from '../views/parameters.ts'
import { declaredParameters, misfitOf } from './declared/all.ts'
import type { DeclaredParameter, EngineNames } from './declared/declared-parameter.ts'
import { jsonChanges } from './json-changes.ts'

export interface ParametersOptions {
  readonly state: Pick<State, 'read'>
  readonly journal: Pick<Journal, 'record'>
  readonly clock: Clock
  readonly newId: () => string
  /** What values may name. */
  readonly names: EngineNames
  /** All that may be set, and what it may be; those of the program unless told. */
  readonly declared?: readonly DeclaredParameter[]
}

/**
 * Hot parameters are events like all else: their history is the log's, and a replay sees each in
 * its time.
 */
export function hotParameters(options: ParametersOptions): ParameterDoor {
  const { state, journal, clock, newId, names, declared: all = declaredParameters } = options

  const declaredAs = (name: string): DeclaredParameter => {
    const declared = all.find((parameter) => parameter.name === name)
    if (declared !== undefined) return declared
    const known = all.map((parameter) => parameter.name).join(', ')
    throw new StarlingError('not_found', `no parameter ${name}; there are ${known}`, {
      field: 'name',
    })
  }

  const storedOf = async (name: string): Promise<ParameterState | undefined> =>
    (await state.read([{ projection: parameters, key: name }])).get(parameters, name)

  const view = async (declared: DeclaredParameter): Promise<ParameterView> =>
    viewOf(declared, await storedOf(declared.name))

  const judge = async (declared: DeclaredParameter, value: Json): Promise<void> => {
    declared.check(value)
    await declared.checkNames?.(value, names)
  }

  const set = async (name: string, value: Json, by: string): Promise<ParameterView> => {
    const declared = declaredAs(name)
    await judge(declared, value)
    await journal.record([{ type: 'parameter', id: newId(), at: clock.now(), name, value, by }])
    return view(declared)
  }

  return {
    parameters: () => Promise.all(all.map(view)),
    setParameter: set,

    async checkParameter(name, value) {
      const declared = declaredAs(name)
      await judge(declared, value)
      return jsonChanges((await view(declared)).value, value)
    },

    async parameterHistory(name) {
      const declared = declaredAs(name)
      return versionsOf(declared, await storedOf(name))
    },

    async rollbackParameter(name, version, by) {
      const versions = versionsOf(declaredAs(name), await storedOf(name))
      const found = versions.find((each) => each.version === version)
      if (found !== undefined) return set(name, found.value, by)
      const [newest, oldest] = [versions[0]!.version, versions.at(-1)!.version]
      throw invalid('version', `${version} is not kept; there are ${oldest} to ${newest}`)
    },
  }
}

function viewOf(declared: DeclaredParameter, stored: ParameterState | undefined): ParameterView {
  const { name, description, initial } = declared
  if (stored === undefined) return { name, description, value: initial, version: 0 }
  const said = { changedAt: stored.at, by: stored.by }
  const misfit = misfitOf(declared, stored.value)
  if (misfit === undefined) {
    return { name, description, value: stored.value, version: stored.version, ...said }
  }
  const good = newestGood(stored, (value) => misfitOf(declared, value) === undefined)
  const { value, version } = good ?? { value: initial, version: 0 }
  const trouble = `version ${stored.version} does not fit, so ${version} is in force: ${misfit}`
  return { name, description, value, version, ...said, trouble }
}

/** Newest first, down to the value that it has until told where all later ones are kept. */
function versionsOf(
  { initial }: DeclaredParameter,
  stored: ParameterState | undefined,
): readonly ParameterVersion[] {
  const kept = stored === undefined ? [] : [stored, ...stored.before]
  const newest = stored?.version ?? 0
  const versions = kept.map(({ value, at, by }, back) => ({
    version: newest - back,
    value,
    at,
    by,
  }))
  const isWhole = newest === kept.length
  const all = isWhole ? [...versions, { version: 0, value: initial }] : versions
  return all.map((version, place) => {
    const before = all[place + 1]
    return { ...version, changes: before ? jsonChanges(before.value, version.value) : [] }
  })
}
