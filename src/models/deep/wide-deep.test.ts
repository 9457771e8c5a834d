import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { auc } from '../evaluation/auc.ts'
import type { Field } from '../ranking/field.ts'
import { rankerSuite } from '../ranking/ranker.suite.ts'
import type { Examples } from '../ranking/rows.ts'
import { deepTrainer } from './training/deep-trainer.ts'
import { wideDeep } from './wide-deep.ts'

rankerSuite(
  deepTrainer(wideDeep, {
    width: 8,
    hidden: [16],
    crosses: [{ fields: ['user', 'item'], buckets: 200 }],
    batch: 100,
    epochs: 12,
    rate: 5e-3,
  }),
)

const stars = [1, 2, 3, 4, 5]
const starFields: readonly Field[] = [
  { kind: 'category', name: 'device_system', side: 'context', size: 4 },
  ...['forward', 'comment', 'like', 'publish'].map((name): Field => {
    return { kind: 'number', name: `user_${name}`, side: 'user' }
  }),
  ...stars.flatMap((place): readonly Field[] => [
    { kind: 'category', name: `follow_star_${place}`, side: 'user', size: 41 },
    { kind: 'category', name: `related_star_${place}`, side: 'item', size: 41 },
  ]),
]

/** As system F declares them: whom a user follows with whom a post is about, and two triples. */
const starCrosses = [
  ...[1, 2].flatMap((follow) =>
    stars.map((related) => ({
      fields: [`follow_star_${follow}`, `related_star_${related}`],
      buckets: 1_000,
    })),
  ),
  ...[1, 2].flatMap((follow) =>
    [1, 2].map((related) => ({
      fields: ['device_system', `follow_star_${follow}`, `related_star_${related}`],
      buckets: 10_000,
    })),
  ),
]

/** A post is liked where it is about the first star that a user follows. */
function posts(rowCount: number, seed: number): Examples {
  const random = seededRandom(`posts ${seed}`)
  const columns = new Map<string, Float32Array | Uint32Array>()
  for (const field of starFields) {
    const { name } = field
    columns.set(
      name,
      field.kind === 'number'
        ? Float32Array.from({ length: rowCount }, () => random.below(1_000))
        : Uint32Array.from({ length: rowCount }, () => 1 + random.below(3)),
    )
  }
  const labels = new Float32Array(rowCount)
  for (let row = 0; row < rowCount; row++) {
    for (const place of stars)
      for (const side of ['follow', 'related'])
        columns.get(`${side}_star_${place}`)![row] = 1 + random.below(40)
    const followed = columns.get('follow_star_1')![row]!
    if (random.next() < 0.5) columns.get('related_star_1')![row] = followed
    labels[row] = Number(columns.get('related_star_1')![row] === followed)
  }
  return { rowCount, columns, labels: new Map([['islike', labels]]) }
}

test('crosses of stars tell whom a post is about, which the same network without them can not', async () => {
  const found = async (crosses: typeof starCrosses) => {
    const settings = { head: 'islike', width: 8, hidden: [100, 70, 50, 25], crosses }
    const fit = { batch: 64, epochs: 4, rate: 1e-2 }
    const trainer = deepTrainer(wideDeep, { ...settings, ...fit })
    const ranker = await trainer.fit({ fields: starFields, train: posts(2_000, 1) }, { seed: 1 })
    const unseen = posts(1_000, 2)
    return auc((await ranker.predict(unseen))[0]!, unseen.labels.get('islike')!)!
  }
  const [crossed, plain] = [await found(starCrosses), await found([])]
  assert.ok(crossed > 0.85, `AUC ${crossed}`)
  assert.ok(plain < crossed - 0.1, `AUC ${plain} without crosses, ${crossed} with them`)
})
