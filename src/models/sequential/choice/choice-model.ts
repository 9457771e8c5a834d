import { StarlingError } from '../../../error.ts'
import type { Json } from '../../../events/event.ts'
import { loadItemKnn } from '../../item-knn/item-knn-model.ts'
import { loadMarkov } from '../../markov/markov-model.ts'
import type { Artifact, ArtifactHeader, Model } from '../../model.ts'
import { readArtifact } from '../../weights.ts'
import { loadAttribute } from './attribute-signal.ts'
import { weighed } from './conditional-logit.ts'
import { loadDemand } from './demand-signal.ts'
import { chainSignal, historySignal } from './model-signals.ts'
import { loadRelation } from './relation-signal.ts'
import type { Moment, Signal } from './signal.ts'

/** Several signals with a weight each: what somebody is likely to choose at a moment. */
export interface ChoiceModel extends Model {
  readonly kind: 'choice'
  readonly itemCount: number
  /** By name, in the measure that the signal counts in. */
  readonly weights: ReadonlyMap<string, number>

  /** The log of each candidate's chance to be chosen among them, up to a constant. */
  score(moment: Moment, candidates: Uint32Array): Float32Array
}

export interface NamedSignal {
  readonly name: string
  readonly signal: Signal
  readonly weight: number
}

export function choiceModel(itemCount: number, parts: readonly NamedSignal[]): ChoiceModel {
  const weights = Float64Array.from(parts, ({ weight }) => weight)
  return {
    kind: 'choice',
    itemCount,
    weights: new Map(parts.map(({ name, weight }) => [name, weight])),
    score(moment, candidates) {
      const columns = parts.map(({ signal }) => signal.of(moment, candidates))
      if (columns.length === 0) return new Float32Array(candidates.length)
      return Float32Array.from(weighed(columns, weights))
    },
    save: () => saved(itemCount, parts),
  }
}

/** The signals' artifacts one behind the other, with how long each is. */
function saved(itemCount: number, parts: readonly NamedSignal[]): Artifact {
  const artifacts = parts.map(({ signal }) => signal.save())
  const weights = new Uint8Array(artifacts.reduce((sum, each) => sum + each.weights.length, 0))
  let start = 0
  const signals = artifacts.map((each, place): Json => {
    weights.set(each.weights, start)
    start += each.weights.length
    const { name, weight } = parts[place]!
    return { name, weight, sizeBytes: each.weights.length, header: each.header }
  })
  return { header: { kind: 'choice', itemCount, signals }, weights }
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadChoice(artifact: Artifact): ChoiceModel {
  const itemCount = readArtifact(artifact, 'choice').count('itemCount')
  const { header, weights } = artifact
  const signals: unknown = header['signals']
  if (!Array.isArray(signals)) throw damaged('header entry "signals" must be a list')
  let start = 0
  const parts = signals.map((entry: unknown): NamedSignal => {
    const { name, weight, sizeBytes, header: own } = entryIn(entry)
    const end = start + sizeBytes
    if (end > weights.length) throw damaged(`weights end before those of signal "${name}"`)
    const signal = loadSignal({ header: own, weights: weights.subarray(start, end) })
    if (signal.itemCount !== itemCount) throw damaged(`signal "${name}" has other items`)
    start = end
    return { name, weight, signal }
  })
  if (start !== weights.length) throw damaged(`only ${start} bytes of weights are needed`)
  return choiceModel(itemCount, parts)
}

interface SavedSignal {
  readonly name: string
  readonly weight: number
  readonly sizeBytes: number
  readonly header: ArtifactHeader
}

function entryIn(entry: unknown): SavedSignal {
  if (typeof entry === 'object' && entry !== null) {
    const { name, weight, sizeBytes, header } = entry as Partial<SavedSignal>
    const isSize = Number.isInteger(sizeBytes) && sizeBytes! >= 0
    if (typeof name === 'string' && Number.isFinite(weight) && isSize && header?.kind)
      return { name, weight: weight!, sizeBytes: sizeBytes!, header }
  }
  throw damaged('an entry of "signals" must tell name, weight, sizeBytes and header')
}

function loadSignal(artifact: Artifact): Signal {
  const gain = artifact.header['gain']
  switch (artifact.header.kind) {
    case 'relation':
      return loadRelation(artifact)
    case 'attribute':
      return loadAttribute(artifact)
    case 'demand':
      return loadDemand(artifact)
    case 'markov':
      return chainSignal(loadMarkov(artifact), typeof gain === 'number' ? gain : 1)
    case 'item-knn':
      return historySignal(loadItemKnn(artifact), typeof gain === 'number' ? gain : 1)
    default:
      throw damaged(`no signal is of kind "${artifact.header.kind}"`)
  }
}

function damaged(message: string): StarlingError {
  return new StarlingError('data_loss', `saved model of kind "choice": ${message}`)
}
