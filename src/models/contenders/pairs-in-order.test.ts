import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { fieldOf } from './contenders-of.ts'
import { evaluate } from './evaluate.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'starling-pairs-'))
})
after(() => rm(folder, { recursive: true }))

const itemCount = 60

/** Users who go along a ring of items, one to three at a step; the test is where they come next. */
async function walks(inOrder: boolean) {
  const random = seededRandom('walks')
  const ids = Array.from({ length: itemCount }, (_, place) => (place * 37) % itemCount)
  const [train, test]: string[][] = [[], []]
  for (let user = 0; user < 150; user++) {
    let at = random.below(itemCount)
    const met = Array.from({ length: 9 }, () => ids[(at += 1 + random.below(3)) % itemCount]!)
    const last = met.pop()!
    if (!inOrder) met.sort((one, other) => one - other)
    train!.push(...met.map((item) => `${user}\t${item}`))
    test!.push(`${user}\t${last}`)
  }
  const files = { train: join(folder, `train ${inOrder}`), test: join(folder, `test ${inOrder}`) }
  await writeFile(files.train, train!.join('\n'))
  await writeFile(files.test, test!.join('\n'))
  return fieldOf('leave-one-out').protocol.read(files)
}

const gauges = { now: () => 0, cpuSeconds: () => 0, peakBytes: () => 1_000 }
const budget = { sampler: 'random', trials: 1, seconds: 60, seed: 1, usersMax: 150 } as const
const options = {
  ...({ title: 'walks', format: 'leave-one-out', seed: 1, k: 5, gauges, budget } as const),
  models: ['Markov', 'RP3β', 'blend'],
}

test('pairs in the order of time are learned as such, and blended with who met what', async () => {
  const { models } = await evaluate({ ...options, split: await walks(true) })
  const of = (name: string) => models.find(({ model }) => model === name)!
  const [chain, walk] = ['Markov', 'RP3β'].map((name) => of(name).figures[0]!.value)
  assert.ok(chain! > 1.5 * walk!, `${chain} and ${walk}`)
  assert.ok(of('popularity').figures[0]!.value < walk!)
})

test('where items lie by their ids, models of the order are told to be left out', async () => {
  const { models, notes } = await evaluate({ ...options, split: await walks(false) })
  assert.ok(notes.includes('Markov is left out: the data are too large for it, or tell no order'))
  assert.ok(models.some(({ model }) => model === 'RP3β'))
})
