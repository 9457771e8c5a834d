import { invalid, StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import { actions, type Json } from '../../events/event.ts'
import { defaultSignals } from '../../events/signals.ts'
import type { Journal } from '../../state/journal.ts'
import {
  type ParameterState,
  parameters,
  signalsParameter,
} from '../../state/projections/parameters.ts'
import type { State } from '../../state/state.ts'
import type { ParameterView } from '../engine.ts'

/** A hot parameter: what it means, what it is until told, and what it may be. */
export interface DeclaredParameter {
  readonly name: string
  readonly description: string
  readonly initial: Json
  /** Throws `invalid_argument` where the value does not fit. */
  check(value: Json): void
}

export const declaredParameters: readonly DeclaredParameter[] = [
  {
    name: signalsParameter,
    description:
      'What each action says of a liking: {action: {weight, neutral?, scale?}}. ' +
      'Events are judged by the signals in force when they happened.',
    // The declared type has no index signature, and is JSON all the same.
    initial: defaultSignals as unknown as Json,
    check: checkSignals,
  },
  {
    name: 'blend',
    description:
      'Shares of a page that sources are promised, whatever the ranker thinks: ' +
      '{source: share}, together at most 1.',
    initial: { trending: 0.1, fresh: 0.05 },
    check: checkShares,
  },
  {
    name: 'blocked',
    description: 'What nobody may be shown: {items: [id], channels: [name]}.',
    initial: { items: [], channels: [] },
    check(value) {
      for (const key of ['items', 'channels']) {
        const list = isRecord(value) ? (value[key] ?? []) : undefined
        if (!isTextList(list))
          throw invalid(
            'value',
            `must be {"items": [id], "channels": [name]}; ${key} is not a list of texts`,
          )
      }
    },
  },
  {
    name: 'pins',
    description: 'Items at fixed places: {scene: [{item, position}]}, positions from 0.',
    initial: {},
    check(value) {
      const lists = isRecord(value) ? Object.values(value) : [undefined]
      const pins = lists.flatMap((list) =>
        Array.isArray(list) ? (list as readonly Json[]) : [null],
      )
      const fits = pins.every(
        (pin) =>
          isRecord(pin) &&
          typeof pin['item'] === 'string' &&
          Number.isInteger(pin['position']) &&
          Number(pin['position']) >= 0 &&
          Number(pin['position']) < 100,
      )
      if (!fits) throw invalid('value', 'must be {"scene": [{"item": id, "position": 0 to 99}]}')
    },
  },
]

/** Those that feeds are made by; what is blocked is asked of every item as it is shown. */
export const recipeParameters: readonly string[] = [signalsParameter, 'blend', 'pins']

export interface Parameters {
  list(): Promise<readonly ParameterView[]>
  set(name: string, value: Json, by: string): Promise<ParameterView>
}

export interface ParametersOptions {
  readonly state: State
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: () => string
}

/**
 * Hot parameters are events like all else: their history is the log's, and a replay sees each in
 * its time.
 */
export function hotParameters(options: ParametersOptions): Parameters {
  const { state, journal, clock, newId } = options
  const needs = declaredParameters.map(({ name }) => ({ projection: parameters, key: name }))

  const viewOf = (
    declared: DeclaredParameter,
    stored: ParameterState | undefined,
  ): ParameterView => ({
    name: declared.name,
    description: declared.description,
    value: stored?.value ?? declared.initial,
    version: stored?.version ?? 0,
    ...(stored && { changedAt: stored.at, by: stored.by }),
  })

  const list = async (): Promise<readonly ParameterView[]> => {
    const known = await state.read(needs)
    return declaredParameters.map((declared) =>
      viewOf(declared, known.get(parameters, declared.name)),
    )
  }

  return {
    list,
    async set(name, value, by) {
      const declared = declaredParameters.find((parameter) => parameter.name === name)
      if (declared === undefined) {
        const names = declaredParameters.map((parameter) => parameter.name).join(', ')
        throw new StarlingError('not_found', `no parameter ${name}; there are ${names}`, {
          field: 'name',
        })
      }
      declared.check(value)
      await journal.record([{ type: 'parameter', id: newId(), at: clock.now(), name, value, by }])
      return (await list()).find((view) => view.name === name)!
    },
  }
}

function checkSignals(value: Json): void {
  if (!isRecord(value)) throw invalid('value', 'must be {"action": {"weight": number, …}}')
  const known: readonly string[] = actions
  for (const [action, declared] of Object.entries(value)) {
    if (!known.includes(action))
      throw invalid(`value.${action}`, `is no action; there are ${actions.join(', ')}`)
    if (!isRecord(declared))
      throw invalid(
        `value.${action}`,
        'must be {"weight": number, "neutral"?: number, "scale"?: number, not 0}',
      )
    const { weight, neutral, scale, ...rest } = declared
    const extra = Object.keys(rest)[0]
    if (extra !== undefined)
      throw invalid(`value.${action}.${extra}`, 'is not known; weight, neutral and scale are')
    if (typeof weight !== 'number' || Math.abs(weight) > 100) {
      throw invalid(`value.${action}.weight`, 'must be a number >= -100 and <= 100')
    }
    if ((neutral === undefined) !== (scale === undefined)) {
      throw invalid(`value.${action}`, 'needs neutral and scale together, or neither')
    }
    if (neutral !== undefined && typeof neutral !== 'number')
      throw invalid(`value.${action}.neutral`, 'must be a number')
    if (scale !== undefined && (typeof scale !== 'number' || scale === 0))
      throw invalid(`value.${action}.scale`, 'must be a number, and not 0')
  }
}

function checkShares(value: Json): void {
  const shares = isRecord(value) ? Object.values(value) : [undefined]
  const sum = shares.reduce<number>(
    (total, share) => total + (typeof share === 'number' && share >= 0 ? share : Number.NaN),
    0,
  )
  if (!(sum <= 1))
    throw invalid('value', 'must be {"source": share}, shares >= 0 and together <= 1')
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}
