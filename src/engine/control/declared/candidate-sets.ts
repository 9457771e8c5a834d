import { invalid, StarlingError } from '../../../error.ts'
import { parseIsoTime } from '../../../events/decode-time.ts'
import type { Json } from '../../../events/event.ts'
import { parseExpression } from '../../../feed/filter/expression/parse.ts'
import { deedKinds, placeOf } from '../../../state/activity/deed-kinds.ts'
import { windowHoursMax, windowHoursMin } from '../../../state/activity/resolutions.ts'
import {
  defaultSets,
  type SetKind,
  setKinds,
  setsOf,
  setsParameter,
} from '../../../state/sets/candidate/set-declaration.ts'
import {
  type DeclaredParameter,
  isRecord,
  isTextList,
  type JsonRecord,
} from './declared-parameter.ts'

const setCountMax = 32
const capacityMax = 1_000
/** What is kept by every event is kept in order, and a longer list costs more with each. */
const liveCapacityMax = 300
const refreshMsMax = 86_400_000
const refreshMsMin = 1_000
/** Candidates of all sets together: a feed ranks no more than 500, and others bring some too. */
const quotaSumMax = 200
const chosenCountMax = 1_000
const channelCountMax = 100

/** Names that mean another source already: where an item came from has to be told apart. */
export const takenNames: ReadonlySet<string> = new Set([
  ...['pinned', 'nearest', 'item-neighbors', 'same-attribute', 'trending', 'popular', 'fresh'],
  ...['explore', 'sweep', 'beside-liked', 'each-value', 'by-interest', 'pool', 'taken'],
  // What all sets are called together.
  'candidate-sets',
  // What can be trained for recall.
  ...['ease', 'random-walk', 'spectral', 'bpr', 'item2vec', 'graph-walk', 'two-tower-recall'],
  ...['markov', 'session-knn', 'self-attention', 'content'],
])

const shared = ['kind', 'capacity', 'refreshMs', 'quota', 'channels']

const settings: Readonly<Record<SetKind, readonly string[]>> = {
  newest: ['hours'],
  hot: ['hours', 'formula'],
  velocity: ['hours', 'formula'],
  acceleration: ['hours', 'formula'],
  random: [],
  'high-rating': ['doubt'],
  operator: ['items', 'filter', 'from', 'to'],
}

export const candidateSets: DeclaredParameter = {
  name: setsParameter,
  description:
    'Libraries of items that recall draws from: {name: {kind, capacity?, refreshMs?, quota?, ' +
    'channels?, …}}; `quota` is how many candidates the set brings to a feed, and each kind has ' +
    'settings of its own.',
  initial: defaultSets,
  makesFeeds: true,

  check(value) {
    if (!isRecord(value)) throw invalid('value', 'must be {"name": {"kind": …}}')
    const names = Object.keys(value)
    if (names.length > setCountMax) {
      throw invalid('value', `has ${names.length} sets; there can be ${setCountMax}`)
    }
    for (const name of names) checkSet(name, value[name]!)
    const quotas = [...setsOf(value).values()].map(({ quota }) => quota)
    const sum = quotas.reduce((total, quota) => total + quota, 0)
    if (sum > quotaSumMax) {
      throw invalid('value', `quotas come to ${sum}; together they may be ${quotaSumMax}`)
    }
  },
}

function checkSet(name: string, set: Json): void {
  const field = `value.${name}`
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) {
    throw invalid(field, 'must be named by 1 to 40 small letters, digits and "-", a letter first')
  }
  if (takenNames.has(name)) throw invalid(field, 'bears the name of another source')
  if (!isRecord(set)) throw invalid(field, 'must be {"kind": …}')
  const kind = setKinds.find((known) => known === set['kind'])
  if (kind === undefined) throw invalid(`${field}.kind`, `must be one of ${setKinds.join(', ')}`)
  const known = [...shared, ...settings[kind]]
  const stray = Object.keys(set).find((setting) => !known.includes(setting))
  if (stray !== undefined) {
    throw invalid(`${field}.${stray}`, `is no setting of ${kind}; there are ${known.join(', ')}`)
  }
  checkSize(field, kind, set)
  const { channels, hours, doubt, formula } = set
  if (channels !== undefined) checkChannels(`${field}.channels`, channels)
  // Two windows have to fit into what is kept.
  const hoursMax = kind === 'acceleration' ? windowHoursMax / 2 : windowHoursMax
  if (kind === 'newest') checkNumber(`${field}.hours`, hours, windowHoursMin, 24 * 366)
  else checkNumber(`${field}.hours`, hours, windowHoursMin, hoursMax)
  checkNumber(`${field}.doubt`, doubt, 0, 10_000)
  if (formula !== undefined) checkFormula(`${field}.formula`, formula)
  if (kind === 'operator') checkChoice(field, set)
}

function checkChannels(field: string, channels: Json): void {
  const count = isTextList(channels) ? channels.length : 0
  if (count < 1 || count > channelCountMax) {
    throw invalid(field, `must be a list of 1 to ${channelCountMax} names of channels`)
  }
}

function checkSize(field: string, kind: SetKind, set: JsonRecord): void {
  const { capacity, refreshMs, quota } = set
  const isLive = kind === 'newest' && (refreshMs ?? 0) === 0
  checkWhole(`${field}.capacity`, capacity, 1, isLive ? liveCapacityMax : capacityMax)
  checkWhole(`${field}.quota`, quota, 0, quotaSumMax)
  // What has to look at all items, or follows no event, is made by the clock.
  const isTimed = kind === 'random' || kind === 'high-rating'
  if (refreshMs === 0 && !isTimed) return
  checkWhole(`${field}.refreshMs`, refreshMs, refreshMsMin, refreshMsMax)
}

function checkFormula(field: string, formula: Json): void {
  const weights = isRecord(formula) ? Object.entries(formula) : []
  if (weights.length === 0) throw invalid(field, 'must be {"deed": weight, …}')
  for (const [deed, weight] of weights) {
    if (placeOf(deed) === undefined) {
      throw invalid(`${field}.${deed}`, `is not counted; ${deedKinds.join(', ')} are`)
    }
    checkNumber(`${field}.${deed}`, weight, -1_000, 1_000)
  }
}

function checkChoice(field: string, { items, filter, from, to }: JsonRecord): void {
  if ((items === undefined) === (filter === undefined)) {
    throw invalid(field, 'needs items or a filter, and not both')
  }
  if (items !== undefined && !(isTextList(items) && items.length <= chosenCountMax)) {
    throw invalid(`${field}.items`, `must be a list of ids, ${chosenCountMax} at most`)
  }
  if (filter !== undefined) checkFilter(`${field}.filter`, filter)
  const [start, end] = [timeOf(`${field}.from`, from), timeOf(`${field}.to`, to)]
  if (start !== undefined && end !== undefined && end <= start) {
    throw invalid(`${field}.to`, 'must be later than from')
  }
}

/** Whether it fits the catalogue shows when the set is made: attributes may come later. */
function checkFilter(field: string, filter: Json): void {
  if (typeof filter !== 'string') throw invalid(field, 'must be a text')
  try {
    parseExpression(filter)
  } catch (error) {
    if (!(error instanceof StarlingError)) throw error
    // It speaks of the `filter` of a request: here it may be that of any set.
    throw invalid(field, error.message.replace(/^\[\w+\] filter /, ''))
  }
}

function timeOf(field: string, text: Json | undefined): number | undefined {
  if (text === undefined) return undefined
  const at = typeof text === 'string' ? parseIsoTime(text) : undefined
  if (at === undefined) throw invalid(field, 'must be a time such as "2026-12-24T18:00:00Z"')
  return at
}

function checkNumber(field: string, value: Json | undefined, min: number, max: number): void {
  if (value === undefined) return
  if (!(typeof value === 'number' && value >= min && value <= max)) {
    throw invalid(field, `${JSON.stringify(value)} must be a number >= ${min} and <= ${max}`)
  }
}

function checkWhole(field: string, value: Json | undefined, min: number, max: number): void {
  if (value === undefined) return
  if (!(Number.isInteger(value) && Number(value) >= min && Number(value) <= max)) {
    throw invalid(field, `${JSON.stringify(value)} must be a whole number >= ${min} and <= ${max}`)
  }
}
