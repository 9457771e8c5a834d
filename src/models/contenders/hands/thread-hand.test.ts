import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import type { Split } from '../../evaluation/protocols/protocol.ts'
import { interactionsOf } from '../../interactions.ts'
import type { AnyContender } from '../contender.ts'
import { type EvaluateOptions, evaluate } from '../evaluate.ts'
import type { EvaluatedModel } from '../evaluation.ts'
import { threadHand } from './thread-hand.ts'

const gauges = { now: () => 0, cpuSeconds: () => 0, peakBytes: () => 1_000 }

/** Users of four tastes, who meet items of their own and some of others; 3 of each are withheld. */
function tastes(): Split<unknown, unknown> {
  const random = seededRandom('tastes')
  const pairs = { users: [] as number[], items: [] as number[] }
  const asked = { questions: [] as object[], targets: [] as Uint32Array[], dropsPast: true }
  const itemCount = 80
  for (let user = 0; user < 120; user++) {
    const met = new Set<number>()
    while (met.size < 12) {
      const isOwn = random.next() < 0.8
      met.add(isOwn ? 4 * random.below(20) + (user % 4) : random.below(itemCount))
    }
    const [past, targets] = [[...met].slice(3), [...met].slice(0, 3)]
    pairs.users.push(...past.map(() => user))
    pairs.items.push(...past)
    asked.questions.push({ user, past: Uint32Array.from(past).sort() })
    asked.targets.push(Uint32Array.from(targets))
  }
  const shape = { userCount: 120, itemCount }
  const cells = { users: Uint32Array.from(pairs.users), items: Uint32Array.from(pairs.items) }
  const names = (count: number) => Array.from({ length: count }, (_, each) => `${each}`)
  const train = interactionsOf(cells, shape, 'max')
  return { data: { train, userIds: names(120), itemIds: names(itemCount) }, part: asked }
}

const options: EvaluateOptions = {
  ...{ title: 'tastes', format: 'user-items', split: tastes(), seed: 1, k: 5, gauges },
  models: ['RP3β', 'EASE', 'blend'],
  budget: { sampler: 'random', trials: 2, seconds: 1_000, seed: 1, usersMax: 100 },
}

/** All but what it cost. */
const figuresOf = (models: readonly EvaluatedModel[]) =>
  models.map(({ trainSeconds: _, peakBytes: __, ...rest }) => rest)

test('threads learn, judge and blend what one thread does, to the last bit', async () => {
  const lines: string[] = []
  const alone = await evaluate(options)
  const shared = await evaluate({ ...options, threads: 2, tell: (line) => lines.push(line) })
  assert.ok(alone.models.some(({ model }) => model === 'blend'))
  assert.deepEqual(figuresOf(shared.models), figuresOf(alone.models))
  assert.deepEqual(shared.notes, alone.notes)
  assert.ok(lines.some((line) => line.startsWith('  EASE, trial 1 complete')))
  for (const { trainSeconds } of shared.models) assert.ok(trainSeconds >= 0 && trainSeconds < 60)
})

test('contenders that no thread knows of are learned here', async () => {
  const [split, also] = [tastes(), { name: 'own', settings: {}, takes: () => true } as const]
  const own: AnyContender = {
    ...also,
    fit: () => ({ score: (all: readonly unknown[]) => all.map(() => new Float32Array(80)) }),
  }
  const asked = { ...options, split, also: [own], models: ['own'], threads: 1 }
  const { models } = await evaluate(asked)
  assert.ok(models.some(({ model }) => model === 'own'))
})

test('a thread says what failed, and is asked nothing more when it has ended', async () => {
  const ground = { ...options, k: 5 }
  const hand = threadHand(ground, false)
  const unknown = { name: 'nobody', settings: {}, takes: () => true, fit: () => 0 }
  assert.equal(hand.takes(unknown), false)
  await assert.rejects(hand.learn(unknown), /there is no nobody for user-items/)
  await hand[Symbol.asyncDispose]()
  assert.equal(hand.hasEnded, true)
  await assert.rejects(hand.learn(unknown), /its thread has ended/)
})

test('whoever stops an evaluation stops its threads', async () => {
  const stop = new AbortController()
  const tell = (line: string): void => {
    if (line.includes('trial 0')) stop.abort(new Error('enough'))
  }
  await assert.rejects(evaluate({ ...options, threads: 1, signal: stop.signal, tell }), /enough/)
})
