import { type Sequences, sequencesOf } from '../../sequences.ts'
import { eachLine, fieldsOf, textIn } from '../formats/lines.ts'
import type { SequenceData } from '../formats/sequence-data.ts'
import { type Vocabulary, vocabulary } from '../formats/vocabulary.ts'
import { judgeAsked, someAsked } from './judge-asked.ts'
import { needed, type Protocol } from './protocol.ts'
import type { Asked, Recommender } from './question.ts'

/** The share of the sessions, the last ones, that a search asks for. */
const validationShare = 0.05

/**
 * Sessions of nobody in particular: lines `item item …`, oldest first; tests are lines of what came
 * so far, a tab, and what came next. A test without a tab is a session whose last item came next.
 */
export const sessions: Protocol<SequenceData, Asked, Recommender> = {
  format: 'sessions',
  description: 'what came next in a session, among all items, repeats allowed; ties in no order',

  async read(files) {
    const items = vocabulary()
    const rows: number[][] = []
    await eachLine(files.train, (line, at) => {
      rows.push(fieldsOf(line).map((id) => items.of(textIn(id, 'item', at))))
    })
    const part = await testsIn(needed(files, 'test'), items)
    const train = sequencesOf(rows, items.ids.length)
    return { data: { train, userIds: [], itemIds: items.ids }, part }
  },

  validation(data) {
    const { starts, items, itemCount } = data.train
    const rowCount = starts.length - 1
    const cut = Math.max(1, Math.floor(rowCount * (1 - validationShare)))
    const kept: Sequences = {
      itemCount,
      starts: starts.slice(0, cut + 1),
      items: items.slice(0, starts[cut]),
    }
    const sessionsHeld = Array.from({ length: rowCount - cut }, (_, row) =>
      items.subarray(starts[cut + row], starts[cut + row + 1]),
    )
    // Every step of a session is asked for, as in the tests published.
    const steps = sessionsHeld.flatMap((session) =>
      Array.from({ length: Math.max(0, session.length - 1) }, (_, place) => ({
        past: session.slice(0, place + 1),
        target: session[place + 1]!,
      })),
    )
    return { data: { ...data, train: kept }, part: askedOf(steps) }
  },

  some: someAsked,

  judge: (learned, part, { k = 20, ...options }) =>
    judgeAsked(learned, part, ['P', 'MRR', 'HR', 'Recall', 'NDCG'], { ...options, k }),
}

interface Step {
  readonly past: Uint32Array
  readonly target: number
}

async function testsIn(file: string, items: Vocabulary): Promise<Asked> {
  const steps: Step[] = []
  await eachLine(file, (line, at) => {
    const met = fieldsOf(line).map((id) => items.of(textIn(id, 'item', at)))
    if (met.length < 2) return
    steps.push({ past: Uint32Array.from(met.slice(0, -1)), target: met.at(-1)! })
  })
  return askedOf(steps)
}

function askedOf(steps: readonly Step[]): Asked {
  return {
    dropsPast: false,
    questions: steps.map(({ past }, user) => ({ user, past })),
    targets: steps.map(({ target }) => Uint32Array.of(target)),
  }
}
