import { invalid } from '../../../error.ts'
import type { Json } from '../../../events/event.ts'
import { checkShares } from './blend.ts'
import {
  checkKeys,
  checkNumber,
  type DeclaredParameter,
  type EngineNames,
  isRecord,
  isTextList,
  type JsonRecord,
  recordAt,
  refuseUnknown,
} from './declared-parameter.ts'

/** How an algorithm orders what its sources bring, where no served model does. */
const ownRankers: readonly string[] = ['learned', 'popular', 'agreement']
export const isOwnRanker = (ranker: string): boolean => ownRankers.includes(ranker)

/** A recipe that is put together by name, while feeds are served. */
export interface AlgorithmSpec {
  /** Most candidates of each source. */
  readonly sources?: Readonly<Record<string, number>>
  /** Instead of sources: other algorithms, and how many of the best of each it takes. */
  readonly parts?: Readonly<Record<string, number>>
  /** `learned`, `popular`, `agreement`; or a served model: `deep-fm`, `deep-fm/2`. */
  readonly ranker?: string
  /** Shares of a page that sources (or parts) are promised; else those of `blend`. */
  readonly blend?: Readonly<Record<string, number>>
  /** Entries that one run comes to. */
  readonly size?: number
  /** The scenes whose feeds it makes. */
  readonly scenes?: readonly string[]
  /** Time between two of its runs for one feed, at least. */
  readonly minIntervalMs?: number
  /** Where several make the same scene, those that weigh more come first. */
  readonly weight?: number
  readonly enabled?: boolean
}

/** The value of the hot parameter `algorithms`. */
export type AlgorithmSpecs = Readonly<Record<string, AlgorithmSpec>>

const countMax = 50
const sizeMax = 600
const namePattern = /^[a-z0-9][a-z0-9-]{0,63}$/
const keys = [
  ...['sources', 'parts', 'ranker', 'blend', 'size', 'scenes'],
  ...['minIntervalMs', 'weight', 'enabled'],
]

export const algorithms: DeclaredParameter = {
  name: 'algorithms',
  description:
    'Recipes put together by name: {name: {sources: {source: quota}, ranker?, blend?, size?, ' +
    'scenes?, minIntervalMs?, weight?, enabled?}}; a mix has parts: {algorithm: quota} instead.',
  initial: {},
  makesFeeds: true,

  check(value) {
    const all = recordAt(value, 'value', '{"algorithm": {"sources": {"source": quota}, …}}')
    const names = Object.keys(all)
    if (names.length > countMax) throw invalid('value', `has more than ${countMax} algorithms`)
    for (const name of names) checkAlgorithm(name, all)
  },

  async checkNames(value, { sources, scenes, rankers }) {
    // Checked above.
    for (const [name, spec] of Object.entries(value as unknown as AlgorithmSpecs)) {
      const field = `value.${name}`
      refuseUnknown(Object.keys(spec.sources ?? {}), sources, `${field}.sources`)
      refuseUnknown(spec.scenes ?? [], scenes, `${field}.scenes`)
      const { ranker = 'learned' } = spec
      if (!isOwnRanker(ranker)) await checkServed(ranker, rankers, `${field}.ranker`)
    }
  },
}

function checkAlgorithm(name: string, all: JsonRecord): void {
  const field = `value.${name}`
  if (!namePattern.test(name))
    throw invalid(field, 'must be named by 1 to 64 of a to z, 0 to 9 and -, not beginning with -')
  const spec = recordAt(all[name], field, '{"sources": {"source": quota}, …}')
  checkKeys(spec, field, keys)
  const { sources, parts, ranker, blend, scenes, enabled } = spec
  if ((sources === undefined) === (parts === undefined))
    throw invalid(field, 'needs either sources or parts')
  checkQuotas(sources ?? parts, `${field}.${sources === undefined ? 'parts' : 'sources'}`)
  if (parts !== undefined) checkParts(name, Object.keys(parts as JsonRecord), all)
  checkRanker(ranker, parts !== undefined, `${field}.ranker`)
  if (blend !== undefined) {
    checkShares(blend, `${field}.blend`)
    const own = Object.keys((sources ?? parts) as JsonRecord)
    refuseUnknown(Object.keys(blend as JsonRecord), own, `${field}.blend`)
  }
  if (scenes !== undefined && !isTextList(scenes))
    throw invalid(`${field}.scenes`, 'must be a list of names of scenes')
  if (enabled !== undefined && typeof enabled !== 'boolean')
    throw invalid(`${field}.enabled`, 'must be true or false')
  checkNumber(spec['size'], `${field}.size`, [1, sizeMax])
  checkNumber(spec['minIntervalMs'], `${field}.minIntervalMs`, [0, 7 * 86_400_000])
  checkNumber(spec['weight'], `${field}.weight`, [-1_000, 1_000], false)
}

function checkRanker(ranker: Json | undefined, isMix: boolean, field: string): void {
  if (ranker === undefined) return
  const own = ownRankers.join(', ')
  if (typeof ranker !== 'string' || !/^[^/\s]{1,64}(\/[1-9]\d{0,14})?$/.test(ranker))
    throw invalid(field, `must be one of ${own}, or a served model: "name" or "name/version"`)
  if (isMix && !isOwnRanker(ranker))
    throw invalid(
      field,
      'orders nothing in a mix, whose parts keep their own orders: name it there',
    )
}

/** A model that could order no feed is refused as it is set, and not with every page. */
async function checkServed(
  ranker: string,
  { named, names }: EngineNames['rankers'],
  field: string,
): Promise<void> {
  let why: string | undefined
  try {
    if ((await named(ranker)) !== undefined) return
  } catch (error) {
    why = error instanceof Error ? error.message : String(error)
  }
  const known = [...ownRankers, ...names()].join(', ')
  throw invalid(field, why ?? `${JSON.stringify(ranker)} is not known; there are ${known}`)
}

function checkQuotas(value: Json | undefined, field: string): void {
  const quotas = recordAt(value, field, '{name: quota}')
  if (Object.keys(quotas).length === 0) throw invalid(field, 'is empty; at least one is needed')
  for (const [name, quota] of Object.entries(quotas)) {
    checkNumber(quota, `${field}.${name}`, [1, sizeMax])
  }
}

/** A mix takes from algorithms that have sources: one of mixes could take from itself. */
function checkParts(name: string, parts: readonly string[], all: JsonRecord): void {
  const simple = Object.keys(all).filter((other) => {
    const spec = all[other]
    return isRecord(spec) && spec['sources'] !== undefined
  })
  refuseUnknown(parts, simple, `value.${name}.parts`)
}
