import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import type { InteractionData } from '../formats/interaction-data.ts'
import { leaveOneOut } from './leave-one-out.ts'
import { libfm } from './libfm.ts'
import { type Asked, byOne } from './question.ts'
import { ratings } from './ratings.ts'
import { sequence } from './sequence.ts'
import { sessions } from './sessions.ts'
import { temporal } from './temporal.ts'
import { timed } from './timed.ts'
import { userItems } from './user-items.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'starling-protocols-'))
})
after(() => rm(folder, { recursive: true }))

let count = 0
async function file(...lines: readonly string[]): Promise<string> {
  const path = join(folder, `${count++}`)
  await writeFile(path, lines.join('\n'))
  return path
}

/** Questions in the ids of the files. */
function spelled(data: { userIds: readonly string[]; itemIds: readonly string[] }, part: Asked) {
  const named = (items: Iterable<number>) => [...items].map((item) => data.itemIds[item]!)
  return part.questions.map(({ user, past, candidates }, place) => ({
    user: data.userIds[user],
    past: named(past),
    targets: named(part.targets[place]!),
    ...(candidates && { candidates: named(candidates).sort() }),
  }))
}

const rowOf = ({ train, itemIds }: InteractionData, user: number) =>
  Array.from(train.columns.subarray(train.starts[user], train.starts[user + 1]), (item) => {
    return itemIds[item]!
  })

test('user-items: a user may come on several lines, in any spelling, and items may be new', async () => {
  const train = await file('\uFEFFa x y\r', '', 'b y', 'a z')
  const test = await file('b x new', 'c y')
  const { data, part } = await userItems.read({ train, test })
  assert.deepEqual(
    [rowOf(data, 0).sort(), rowOf(data, 1), rowOf(data, 2)],
    [['x', 'y', 'z'], ['y'], []],
  )
  assert.deepEqual(spelled(data, part), [
    { user: 'b', past: ['y'], targets: ['x', 'new'] },
    { user: 'c', past: [], targets: ['y'] },
  ])
})

test('user-items: what was met is left out, and half a hit is half a recall', async () => {
  const train = await file('a x y', 'b z')
  const test = await file('a z v')
  const { data, part } = await userItems.read({ train, test })
  // x and y stand highest, and are known; then w, z, v.
  const worth: Record<string, number> = { x: 9, y: 8, z: 2, v: 1 }
  const model = byOne(() => Float32Array.from(data.itemIds, (id) => worth[id]!))
  const judged = await userItems.judge(model, part, { k: 1 })
  assert.deepEqual(judged, {
    'Recall@1': Float64Array.of(0.5),
    'NDCG@1': Float64Array.of(1),
  })
})

test('leave-one-out: the target stands among its negatives, once', async () => {
  const train = await file('1\t5', '1\t6', '2\t7')
  const negatives = await file('(1,7)\t8\t9\t7', '(2,5)\t6')
  const { data, part } = await leaveOneOut.read({ train, negatives })
  assert.deepEqual(spelled(data, part), [
    { user: '1', past: ['5', '6'], targets: ['7'], candidates: ['7', '8', '9'] },
    { user: '2', past: ['7'], targets: ['5'], candidates: ['5', '6'] },
  ])
  const worst = byOne(() => Float32Array.from(data.itemIds, (id) => -Number(id === '7')))
  const judged = await leaveOneOut.judge(worst, part, { k: 2 })
  // Of the second user both candidates are tied: both are within two.
  assert.deepEqual(judged['HR@2'], Float64Array.of(0, 1))
  const none = await leaveOneOut.read({ train, test: await file('1 7 5 978300760') })
  assert.deepEqual(spelled(none.data, none.part), [{ user: '1', past: ['5', '6'], targets: ['7'] }])
})

test('sequence: the last two of each are withheld, and what lies before them is learned from', async () => {
  const train = await file('a 1 2 3 4', 'b 5 6')
  const { data, part } = await sequence.read({ train })
  const { starts, items } = data.train
  const learned = [0, 1].map((row) =>
    Array.from(items.subarray(starts[row], starts[row + 1]), (item) => data.itemIds[item]),
  )
  assert.deepEqual(learned, [
    ['1', '2'],
    ['5', '6'],
  ])
  assert.deepEqual(spelled(data, part), [{ user: 'a', past: ['1', '2', '3'], targets: ['4'] }])
  const validation = sequence.validation(data, seededRandom(1))
  assert.equal(validation.data, data)
  assert.deepEqual(spelled(data, validation.part), [
    { user: 'a', past: ['1', '2'], targets: ['3'] },
  ])
})

test('sequence: pairs in the order of time are rows too, and a test file tells what came after', async () => {
  const train = await file('a 1', 'b 5', 'a 2', 'a 3')
  const test = await file('a 9', 'b 5 6 7', 'c 8 1')
  const { data, part } = await sequence.read({ train, test })
  assert.equal(data.train.items.length, 4, 'all of the train file is learned from')
  assert.deepEqual(spelled(data, part), [
    { user: 'a', past: ['1', '2', '3'], targets: ['9'] },
    // The whole of what they met, of which the train file held the beginning.
    { user: 'b', past: ['5', '6'], targets: ['7'] },
    { user: 'c', past: ['8'], targets: ['1'] },
  ])
  const cut = sequence.validation(data, seededRandom(1))
  assert.deepEqual(spelled(data, cut.part), [{ user: 'a', past: ['1', '2'], targets: ['3'] }])
  assert.equal(cut.data.train.items.length, 3)
})

test('sequence: a test file that repeats the train file gives nothing away', async () => {
  const lines = ['a 1 2 3 4', 'b 5 6']
  const { data, part } = await sequence.read({
    train: await file(...lines),
    test: await file(...lines),
  })
  assert.deepEqual(data.train.items.length, 4)
  assert.deepEqual(spelled(data, part), [{ user: 'a', past: ['1', '2', '3'], targets: ['4'] }])
})

test('sequence: what is told of items stands beside them, by their ids', async () => {
  const train = await file('a 1 2 3', 'b 2 1')
  const items = await file('{"2": [7, "x", 7], "3": ["x"], "9": [7]}')
  const { data } = await sequence.read({ train, items })
  assert.deepEqual(
    data.itemAttributes,
    [[], [0, 1], [1]].map((list) => Uint32Array.from(list)),
  )
  for (const text of ['[1]', '{"2": 7}']) {
    await assert.rejects(sequence.read({ train, items: await file(text) }), { field: 'items' })
  }
})

test('sessions: what came next may have come before', async () => {
  const train = await file('1 2', '3 4 5')
  const { data, part } = await sessions.read({ train, test: await file('3 4\t3', '2 5 1') })
  const named = (items: Iterable<number>) => [...items].map((item) => data.itemIds[item])
  assert.deepEqual(
    part.questions.map(({ past }) => named(past)),
    [
      ['3', '4'],
      ['2', '5'],
    ],
  )
  assert.deepEqual(part.targets.map(named), [['3'], ['1']])
  const model = byOne(() => Float32Array.from(data.itemIds, (id) => Number(id === '3')))
  const judged = await sessions.judge(model, part, { k: 1 })
  assert.deepEqual(judged['P@1'], Float64Array.of(1, 0))
  const held = sessions.validation(data, seededRandom(1))
  assert.deepEqual(
    held.part.questions.map(({ past }) => named(past)),
    [['3'], ['3', '4']],
  )
  assert.deepEqual(named(held.data.train.items), ['1', '2'])
})

test('timed: rows are told by their columns, in the order of time', async () => {
  const head = 'user_id\titem_id\ttime'
  const train = await file(head, 'u\tb\t20', 'u\ta\t10', 'v\tc\t5')
  const withNegatives = `${head}\tneg_items`
  const validation = await file(withNegatives, 'u\tc\t30\t[a, d]')
  const test = await file(withNegatives, 'u\td\t40\t[a, b]')
  const items = await file('item_id\ti_category\tr_also', 'a\tfood\t[b, e]', 'b\tdrink\t[]')
  const { data, part } = await timed.read({ train, validation, test, items })
  assert.deepEqual(spelled(data, data.validation!), [
    { user: 'u', past: ['a', 'b'], targets: ['c'], candidates: ['a', 'c', 'd'] },
  ])
  assert.deepEqual(spelled(data, part), [
    { user: 'u', past: ['a', 'b', 'c'], targets: ['d'], candidates: ['a', 'b', 'd'] },
  ])
  assert.deepEqual([...part.questions[0]!.pastTimes!, part.questions[0]!.at], [10, 20, 30, 40])
  assert.deepEqual([...data.times], [10, 20, 5])
  const [a, b] = ['a', 'b'].map((id) => data.itemIds.indexOf(id)) as [number, number]
  const also = data.relations.get('r_also')!
  assert.deepEqual(
    [...also[a]!].map((item) => data.itemIds[item]),
    ['b', 'e'],
  )
  assert.equal(also.length, data.itemIds.length)
  const categories = data.attributes.get('i_category')!
  assert.notEqual(categories[a], categories[b])
  assert.equal(categories[data.itemIds.indexOf('e')], 0)
})

test('temporal: all users are cut at one moment, and asked for what was new to them', async () => {
  const rows = ['a x 1', 'b x 2', 'a y 3', 'b y 4', 'a z 5', 'b z 6', 'a w 7', 'b x 8', 'c w 9']
  const { data, part } = await temporal.read({ train: await file(...rows, 'b w 10') })
  // Eight of ten lie before the cut: b's second x among them.
  assert.equal(data.train.items.length, 8)
  assert.deepEqual(spelled(data, part), [
    { user: 'c', past: [], targets: ['w'] },
    { user: 'b', past: ['x', 'y', 'z', 'x'], targets: ['w'] },
  ])
})

test('ratings: errors are counted over all rows, and users are drawn as wholes', async () => {
  const train = await file('userId,movieId,rating,timestamp', '1,7,4,100', '2,7,2,200')
  const { data, part } = await ratings.read({
    train,
    test: await file('1::8::3', '1::9::5', '2::9::1'),
  })
  assert.deepEqual([...data.train.values], [4, 2])
  const { RMSE, MAE } = await ratings.judge(
    { rate: ({ users }) => new Float32Array(users.length).fill(3) },
    part,
    {},
  )
  assert.ok(RMSE && !(RMSE instanceof Float64Array) && MAE && !(MAE instanceof Float64Array))
  assert.equal(RMSE.userCount, 2)
  assert.ok(Math.abs(RMSE.of([1, 1]) - Math.sqrt((0 + 4 + 4) / 3)) < 1e-9)
  assert.ok(Math.abs(RMSE.of([0, 2]) - 2) < 1e-9)
  assert.ok(Math.abs(MAE.of([1, 1]) - 4 / 3) < 1e-9)
})

test('libfm: places are fields of ids; what was not met before is the unknown', async () => {
  const train = await file('1 3:1 10:1', '-1 4:1 11:1', '0 3:1 11:1', '1 4:1 10:1')
  const test = await file('1 3:1 10:1', '0 9:1 11:1', '0 3:1 11:1')
  const validation = await file('1 4:1 10:1')
  const { data, part } = await libfm.read({ train, test, validation })
  assert.deepEqual(
    data.fields.map(({ kind, side }) => [kind, side]),
    [
      ['category', 'user'],
      ['category', 'item'],
    ],
  )
  assert.deepEqual([...part.examples.columns.get('field0')!], [1, 0, 1])
  assert.deepEqual([...data.train.labels.get('label')!], [1, 0, 0, 1])
  assert.equal(data.validation.rowCount, 1)
  const chances = Float32Array.of(0.9, 0.9, 0.2)
  const { AUC, logloss } = await libfm.judge({ predict: async () => [chances] }, part, {})
  assert.ok(AUC && !(AUC instanceof Float64Array) && logloss && !(logloss instanceof Float64Array))
  // The positive ties with one negative and stands above the other.
  assert.equal(AUC.of([1, 1]), 0.75)
  assert.equal(AUC.of([1, 0]), 1, 'the unknown user is left out')
  const expected = -(Math.log(0.9) + Math.log(0.1) + Math.log(0.8)) / 3
  assert.ok(Math.abs(logloss.of([1, 1]) - expected) < 1e-6)
})

test('what cannot be read is refused, by file and line', async () => {
  const good = await file('1 2 3 4')
  const wrong = async (line: string) =>
    ratings.read({ train: await file('1 2 3', line), test: good })
  await assert.rejects(wrong('1 2 many'), /rating "many" must be a number, at .*:2/)
  await assert.rejects(wrong('1'), /item is missing at .*:2/)
  await assert.rejects(
    libfm.read({ train: await file('1 3'), test: good }),
    /"3" must be of the form/,
  )
  await assert.rejects(leaveOneOut.read({ train: good }), /test must name a file/)
  const missing = join(folder, 'nowhere')
  await assert.rejects(userItems.read({ train: missing, test: good }), /cannot be read: ENOENT/)
  const empty = { train: good, test: await file(' ', '') }
  await assert.rejects(userItems.read(empty), /holds no row: it must hold one at least/)
  const { part } = await userItems.read({ train: good, test: await file('1') })
  await assert.rejects(
    Promise.resolve(
      userItems.judge(
        byOne(() => new Float32Array(4)),
        part,
        {},
      ),
    ),
    /test asks for nobody/,
  )
})

test('a validation part holds nothing that is still learned from, and is drawn by its seed', async () => {
  const random = seededRandom('rows')
  const lines = Array.from({ length: 30 }, (_, user) => {
    const items = new Set(Array.from({ length: 20 }, () => random.below(60)))
    return `${user} ${[...items].join(' ')}`
  })
  const train = await file(...lines)
  const { data } = await userItems.read({ train, test: train })
  for (const protocol of [userItems, leaveOneOut]) {
    const cut = protocol.validation(data, seededRandom(1))
    const again = protocol.validation(data, seededRandom(1))
    assert.deepEqual(again.part, cut.part)
    assert.notDeepEqual(protocol.validation(data, seededRandom(2)).part, cut.part)
    let held = 0
    for (const [place, { user }] of cut.part.questions.entries()) {
      const kept = new Set(rowOf(cut.data, user))
      for (const target of cut.part.targets[place]!) {
        held++
        assert.ok(!kept.has(data.itemIds[target]!))
        assert.ok(rowOf(data, user).includes(data.itemIds[target]!))
      }
    }
    assert.equal(cut.data.train.columns.length + held, data.train.columns.length)
    const some = protocol.some(cut.part, 7, seededRandom(1))
    assert.equal(some.questions.length, 7)
    assert.ok(some.questions.every((question) => cut.part.questions.includes(question)))
  }
})
