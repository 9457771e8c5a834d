import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { Event } from '../../../events/event.ts'
import { memoryLog } from '../../../events/log/memory-log.ts'
import { seededRandom } from '../../../kernel/random.ts'
import type { DeclaredSet } from '../../../state/features/declared/declaration.ts'
import { declaredSet } from '../../../state/features/declared/sets/declared-sets.ts'
import { movies } from '../../../state/features/declared/sets/movies.ts'
import { memoryStore } from '../../../state/store/memory-store.ts'
import { comingRecall, defaultAttributes } from '../../recipes/residents.ts'
import { plantedLog, plantedStart } from '../planted-log.suite.ts'
import type { ExampleOptions, Negatives } from './examples.ts'
import { examplesFor } from './examples-for.ts'
import { negativeDraw } from './negatives.ts'

const likes: DeclaredSet = {
  ...movies,
  name: 'likes',
  labels: [{ name: 'like', description: 'Liked', positive: [{ action: 'like' }] }],
}

const asked = (negatives: Negatives, more: Partial<ExampleOptions> = {}): ExampleOptions => ({
  ...{ set: likes, validationShare: 0.25, rowCountMax: 400, seed: 1 },
  from: {
    ...{ kind: 'log', log: plantedLog(300), base: async () => memoryStore(), negatives },
    attributes: defaultAttributes,
  },
  ...more,
})

const groupSizes = ({ groups = new Uint32Array() }: { readonly groups?: Uint32Array }) =>
  Array.from(groups.subarray(1), (end, group) => end - groups[group]!)

describe('examples from the log', () => {
  it('stand in groups of one that was taken and what was drawn beside it', async () => {
    for (const kind of ['uniform', 'popular', 'in-batch'] as const) {
      const { train, validation, groups } = await examplesFor(asked({ kind, perPositive: 3 }))
      assert.ok(train.rowCount + validation!.rowCount <= 400, kind)
      assert.ok(train.rowCount > 200, `${kind} ${train.rowCount}`)
      const sizes = groupSizes(train)
      assert.ok(sizes.every((size) => size >= 2 && size <= 4))
      const like = train.labels.get('like')!
      for (const [group, start] of train.groups!.subarray(0, -1).entries()) {
        const own = like.subarray(start, start + sizes[group]!)
        assert.deepEqual([own[0], own.subarray(1).includes(1)], [1, false])
      }
      assert.equal(groups.length, sizes.length + groupSizes(validation!).length)
      assert.deepEqual(
        groups.map(({ at }) => at),
        groups.map(({ at }) => at).sort((one, other) => one - other),
      )
    }
  })

  it('are the same for the same seed, others for another, and whole groups of the latest', async () => {
    const of = async (seed: number) =>
      examplesFor(asked({ kind: 'uniform', perPositive: 3 }, { seed, rowCountMax: 100 }))
    const [one, same, other] = [await of(1), await of(1), await of(2)]
    assert.deepEqual([one.train, one.validation], [same.train, same.validation])
    assert.equal(one.encoding.checksum, same.encoding.checksum)
    assert.notDeepEqual(one.groups, other.groups)
    assert.equal(one.groups.length, 25)
    const cut = groupSizes(one.train).length
    assert.equal(cut, 19)
    assert.ok(one.groups[cut]!.at >= one.groups[cut - 1]!.at)
  })

  it('fit the encoding to the rows for training alone', async () => {
    const { encoding, train, validation } = await examplesFor(
      asked({ kind: 'none' }, { rowCountMax: 200, validationShare: 0.5 }),
    )
    const known = new Set(encoding.learned.vocabularies['movie'])
    const ids = [...train.columns.get('movieId')!]
    assert.ok(ids.every((id) => id > 0))
    assert.ok(validation!.columns.get('movieId')!.includes(0))
    assert.equal(new Set(ids).size <= known.size, true)
    const again = await examplesFor(asked({ kind: 'none' }, { encoding, validationShare: 0 }))
    assert.equal(again.encoding, encoding)
    assert.equal(again.validation, undefined)
  })

  it('are refused where there is nothing, or the set asks for what no event tells', async () => {
    const source = { from: 'request-field', field: 'device' } as const
    const as = { form: 'category', hash: 9, seed: '' } as const
    const device = { name: 'device', description: 'The device', source, as }
    const set = { ...likes, columns: [...likes.columns, device] }
    await assert.rejects(examplesFor(asked({ kind: 'none' }, { set })), {
      code: 'failed_precondition',
      message: /"device" of the set "likes" is read from the request.*from logged features/,
    })
    const coming = declaredSet('engine-logged', [], comingRecall)
    await assert.rejects(examplesFor(asked({ kind: 'none' }, { set: coming })), {
      code: 'failed_precondition',
      message: /"rank-ease" of the set "engine-logged" is told by what models and candidate sets/,
    })
    await assert.rejects(examplesFor(asked({ kind: 'shown' })), {
      code: 'failed_precondition',
      message: /no examples of the set "likes"/,
    })
    const none = asked({ kind: 'uniform', perPositive: 0 })
    await assert.rejects(examplesFor(none), { code: 'invalid_argument' })
    await assert.rejects(examplesFor(asked({ kind: 'none' }, { rowCountMax: 0 })), /rowCountMax/)
    const { encoding } = await examplesFor(asked({ kind: 'none' }))
    await assert.rejects(examplesFor(asked({ kind: 'none' }, { encoding, set: movies })), {
      code: 'invalid_argument',
      message: /fitted to another declaration/,
    })
  })

  it('take the time before a deed, and not the deed itself', async () => {
    const film = (item: string): Event => ({
      ...{ type: 'item', id: item, at: plantedStart, item },
      record: { attributes: {}, channels: [] },
    })
    const rated = (index: number, value: number): Event => ({
      ...{ type: 'action', id: `r${index}`, at: plantedStart + index, action: 'rate', value },
      ...{ user: `u${index}`, item: 'a' },
    })
    const log = memoryLog([film('a'), film('b'), rated(1, 5), rated(2, 3), rated(3, 4)])
    const { train } = await examplesFor({
      ...asked({ kind: 'none' }, { set: movies, validationShare: 0 }),
      from: {
        ...{ kind: 'log', log, base: async () => memoryStore(), negatives: { kind: 'none' } },
        attributes: defaultAttributes,
      },
    })
    assert.deepEqual([...train.labels.get('like')!], [1, 0, 1])
    // Standardised: the logarithms of 1 + 0, 1 + 1 and 1 + 2 ratings before.
    const counts = [...train.columns.get('movieRatingCount')!]
    assert.ok(counts[0]! < counts[1]! && counts[1]! < counts[2]!)
  })
})

describe('negatives', () => {
  const catalogue = { size: 50, servable: (item: number) => item !== 7 }

  it('are drawn evenly, by likes to the power of 3/4, or from what others took just now', () => {
    const counts = (kind: 'uniform' | 'popular' | 'in-batch') => {
      const draw = negativeDraw({ kind, perPositive: 4 }, catalogue, seededRandom(kind))
      for (let round = 0; round < 256; round++) draw.took(round % 17 === 0 ? 1 : 2)
      for (let round = 0; round < 40; round++) draw.took(3)
      const found = new Map<number, number>()
      for (let round = 0; round < 4_000; round++)
        for (const item of draw.draw(0, (one) => one === 9))
          found.set(item, (found.get(item) ?? 0) + 1)
      return found
    }
    const even = counts('uniform')
    assert.deepEqual([even.has(7), even.has(9), even.size], [false, false, 48])
    assert.ok([...even.values()].every((count) => count > 200 && count < 480))
    const liked = counts('popular')
    assert.deepEqual([...liked.keys()].sort(), [1, 2, 3])
    const batch = counts('in-batch')
    assert.deepEqual([...batch.keys()].sort(), [1, 2, 3])
  })

  it('of one draw are by likes to the power of 3/4', () => {
    const draw = negativeDraw({ kind: 'popular', perPositive: 1 }, catalogue, seededRandom(1))
    for (let round = 0; round < 81; round++) draw.took(1)
    for (let round = 0; round < 16; round++) draw.took(2)
    const found = [0, 0, 0]
    for (let round = 0; round < 20_000; round++)
      for (const item of draw.draw(0, () => false)) found[item]! += 1
    // 81^(3/4) to 16^(3/4): 27 to 8.
    assert.ok(Math.abs(found[1]! / found[2]! - 27 / 8) < 0.2, `${found}`)
  })

  it('are fewer where nothing more can be found', () => {
    const draw = negativeDraw({ kind: 'uniform', perPositive: 5 }, catalogue, seededRandom(1))
    assert.deepEqual(
      draw.draw(0, (item) => item !== 4),
      [4],
    )
  })
})

describe('examples from a file', () => {
  const set: DeclaredSet = {
    ...{ name: 'file', version: 1, description: 'Of a file', labels: likes.labels },
    vocabularies: { genre: { countMax: 9 } },
    columns: movies.columns.flatMap((column): DeclaredSet['columns'] => {
      if (column.name === 'movieGenre#') return [column]
      if (column.name !== 'releaseYear') return []
      return [{ ...column, as: { form: 'number', absent: 1990 } } as typeof column]
    }),
  }

  async function fromFile(name: string, text: string, rowCountMax = 100) {
    const folder = await mkdtemp(join(tmpdir(), 'starling-examples-'))
    try {
      const path = join(folder, name)
      await writeFile(path, text)
      const more = { set, rowCountMax, validationShare: 0, seed: 1 }
      return await examplesFor({ ...more, from: { kind: 'file', path } })
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  const header = 'releaseYear,movieGenre1,movieGenre2,movieGenre3,like,user,timestamp'

  it('are its rows, with values as they were before the encoding', async () => {
    const rows = ['1999,Drama,War,,1,u1,100', ',War,,,0,u2,200']
    const { train, groups, encoding } = await fromFile('a.csv', `${header}\n${rows.join('\n')}\n`)
    assert.deepEqual([...train.columns.get('releaseYear')!], [1999, 1990])
    assert.deepEqual(encoding.learned.vocabularies['genre'], ['War', 'Drama'])
    assert.deepEqual([...train.columns.get('movieGenre1')!], [2, 1])
    assert.deepEqual([...train.columns.get('movieGenre2')!], [1, 0])
    assert.deepEqual([...train.labels.get('like')!], [1, 0])
    assert.deepEqual(groups, [
      { at: 100, user: 'u1' },
      { at: 200, user: 'u2' },
    ])
  })

  it('are read no further than they fit', async () => {
    const rows = Array.from({ length: 50 }, () => '1999,Drama,War,,1,u1,100')
    const { train } = await fromFile('a.csv', [header, ...rows].join('\n'), 7)
    assert.equal(train.rowCount, 7)
  })

  it('are refused with the place where something is missing or no number', async () => {
    await assert.rejects(fromFile('a.csv', 'movieGenre1,like\nWar,1\n'), {
      code: 'invalid_argument',
      message: /lacks the column "releaseYear": it has movieGenre1, like/,
    })
    await assert.rejects(fromFile('a.csv', `${header}\nsoon,Drama,,,1,u,1\n`), {
      message: /line 2, "releaseYear".*"soon" must be a number/,
    })
    await assert.rejects(fromFile('a.csv', `${header}\n1999,Drama,,,,u,1\n`), {
      message: /"like".*a label must not be empty/,
    })
  })
})
