import { topK } from '../../kernel/top-k.ts'
import type { Artifact, SequenceModel } from '../model.ts'
import type { Sequences } from '../sequences.ts'
import { joinWeights, readArtifact } from '../weights.ts'

/** Whole sessions of the past, of which those like the present one tell what comes next. */
export interface SessionKnnModel extends SequenceModel {
  readonly kind: 'session-knn'
}

/** How the past is asked; part of what is saved, as nothing else is learned. */
export interface SessionKnnAsk {
  /** How many of the last items sessions are looked up by, 1 to 1,000. */
  readonly memory: number
  /** How much less each of them counts than the one after it, in (0, 1]. */
  readonly decay: number
  /** Sessions looked at for an item, the newest, 1 to 100,000: the bound of a request's cost. */
  readonly sample: number
  /** Sessions that speak, the most alike, 1 to 100,000. */
  readonly neighbors: number
  /** After how many newer sessions one counts half, >= 1. */
  readonly halfLife: number
  /** How much less an item counts with each step from the item that both met last, in (0, 1]. */
  readonly nearness: number
  /** How much what came before that item counts, in [0, 1]. */
  readonly backward: number
  /** How much sessions of many items are held back, in [0, 1]: their length is raised to it. */
  readonly lengthRestraint: number
  /** How much popular items are held back, in [0, 1]. */
  readonly restraint: number
}

/** Sessions, the oldest first, and where each item i is: at sessionsOf[starts[i]] and on. */
export interface SessionIndex {
  readonly sessions: Sequences
  readonly starts: Uint32Array
  readonly sessionsOf: Uint32Array
  /** Where in its session the item stands (the last time). */
  readonly places: Uint32Array
}

/**
 * Asks for what comes next. Time is that of at most memory × sample sessions looked up and
 * neighbors × their length; the scratch is one number per session, shared by all calls.
 */
export function sessionKnnModel(index: SessionIndex, ask: SessionKnnAsk): SessionKnnModel {
  const { itemCount } = index.sessions
  const near = neighborSearch(index, ask)
  const held = Float64Array.from({ length: itemCount }, (_, item) => {
    const count = index.starts[item + 1]! - index.starts[item]!
    return Math.max(1, count) ** -ask.restraint
  })
  return {
    kind: 'session-knn',
    itemCount,
    next(items) {
      const scores = new Float32Array(itemCount)
      const { starts, items: met } = index.sessions
      for (const { session, similarity, meeting } of near(items)) {
        for (let place = starts[session]!; place < starts[session + 1]!; place++) {
          const distance = Math.abs(place - meeting)
          const side = place < meeting ? ask.backward : 1
          const share = similarity * side * ask.nearness ** Math.max(0, distance - 1)
          const item = met[place]!
          scores[item] = scores[item]! + share * held[item]!
        }
      }
      return scores
    },
    save() {
      const { starts, items } = index.sessions
      const sizes = { itemCount, sessionCount: starts.length - 1, metCount: items.length }
      const header = { kind: 'session-knn', ...sizes, ...ask }
      return { header, weights: joinWeights([starts, items]) }
    },
  }
}

interface Neighbor {
  readonly session: number
  readonly similarity: number
  /** Where the last item that both met stands, counted as the sessions' items are. */
  readonly meeting: number
}

function neighborSearch(
  { sessions, starts, sessionsOf, places }: SessionIndex,
  ask: SessionKnnAsk,
) {
  const sessionCount = sessions.starts.length - 1
  const similarities = new Float64Array(sessionCount)
  const meetings = new Uint32Array(sessionCount)
  const fading = Math.LN2 / ask.halfLife

  return (items: Uint32Array): readonly Neighbor[] => {
    const touched: number[] = []
    const asked = new Set<number>()
    let share = 1
    for (let back = 1; back <= Math.min(ask.memory, items.length); back++, share *= ask.decay) {
      const item = items[items.length - back]!
      if (asked.has(item)) continue
      asked.add(item)
      const oldest = Math.max(starts[item]!, starts[item + 1]! - ask.sample)
      for (let place = starts[item + 1]! - 1; place >= oldest; place--) {
        const session = sessionsOf[place]!
        if (similarities[session] === 0) {
          touched.push(session)
          meetings[session] = sessions.starts[session]! + places[place]!
        }
        similarities[session]! += share
      }
    }
    const weights = touched.map((session) => {
      const length = sessions.starts[session + 1]! - sessions.starts[session]!
      const age = Math.exp(-fading * (sessionCount - 1 - session))
      return (similarities[session]! * age) / length ** ask.lengthRestraint
    })
    for (const session of touched) similarities[session] = 0
    return Array.from(topK(weights, ask.neighbors), (place) => {
      const session = touched[place]!
      return { session, similarity: weights[place]!, meeting: meetings[session]! }
    })
  }
}

/** Finds each item's sessions by two passes; of an item that comes again its last place counts. */
export function sessionIndex(sessions: Sequences): SessionIndex {
  const { itemCount, starts: begins, items } = sessions
  const starts = new Uint32Array(itemCount + 1)
  const lastPlaces = (session: number) => {
    const places = new Map<number, number>()
    for (let place = begins[session]!; place < begins[session + 1]!; place++) {
      places.set(items[place]!, place - begins[session]!)
    }
    return places
  }
  for (let session = 0; session + 1 < begins.length; session++) {
    for (const item of lastPlaces(session).keys()) starts[item + 1]! += 1
  }
  for (let item = 0; item < itemCount; item++) starts[item + 1]! += starts[item]!
  const next = starts.slice(0, itemCount)
  const sessionsOf = new Uint32Array(starts[itemCount]!)
  const places = new Uint32Array(sessionsOf.length)
  for (let session = 0; session + 1 < begins.length; session++) {
    for (const [item, place] of lastPlaces(session)) {
      const slot = next[item]!++
      sessionsOf[slot] = session
      places[slot] = place
    }
  }
  return { sessions, starts, sessionsOf, places }
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadSessionKnn(artifact: Artifact): SessionKnnModel {
  const reader = readArtifact(artifact, 'session-knn')
  const ask: SessionKnnAsk = {
    memory: reader.count('memory'),
    decay: reader.number('decay'),
    sample: reader.count('sample'),
    neighbors: reader.count('neighbors'),
    halfLife: reader.number('halfLife'),
    nearness: reader.number('nearness'),
    backward: reader.number('backward'),
    lengthRestraint: reader.number('lengthRestraint'),
    restraint: reader.number('restraint'),
  }
  const itemCount = reader.count('itemCount')
  const starts = reader.uint32(reader.count('sessionCount') + 1)
  const items = reader.uint32(reader.count('metCount'))
  reader.end()
  return sessionKnnModel(sessionIndex({ itemCount, starts, items }), ask)
}
