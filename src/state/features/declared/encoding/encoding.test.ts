import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DeclaredColumn, DeclaredSet } from '../declaration.ts'
import type { RawColumn } from '../rows.ts'
import { movies } from '../sets/movies.ts'
import { encodingOf } from './encoding.ts'
import { fitEncoding } from './fit-encoding.ts'
import { loadedEncoding, withEncoding } from './saved-encoding.ts'

const number = (as: DeclaredColumn['as']) =>
  ({ name: 'x', description: 'x', source: { from: 'item-age' }, as }) as DeclaredColumn
const tag = (as: DeclaredColumn['as'], count = 2) =>
  ({
    ...{ name: 't', description: 't', as },
    source: { from: 'item-tags', attribute: 'tags', count },
  }) as DeclaredColumn

const setOf = (
  columns: readonly DeclaredColumn[],
  more: Partial<DeclaredSet> = {},
): DeclaredSet => ({
  ...{ name: 'set', version: 1, description: 'A set', columns },
  labels: movies.labels,
  ...more,
})

const rows = (columns: Record<string, RawColumn>, rowCount: number) => ({
  rowCount,
  columns: new Map(Object.entries(columns)),
})

const numbers = (as: DeclaredColumn['as'], ...values: number[]) => {
  const raw = rows({ x: Float64Array.from(values) }, values.length)
  return [
    ...fitEncoding(setOf([number(as)]), raw)
      .encode(raw)
      .columns.get('x')!,
  ]
}

describe('an encoding', () => {
  it('takes numbers by the steps of their form, in their order', () => {
    const none = Number.NaN
    assert.deepEqual(numbers({ form: 'number' }, 1.5, none, -0), [1.5, 0, 0])
    assert.deepEqual(numbers({ form: 'number', absent: 7, clip: [0, 5] }, 9, -1, none), [5, 0, 5])
    assert.deepEqual(numbers({ form: 'number', decimals: 1 }, 3.26, none), [Math.fround(3.3), 0])
    const logs = [Math.log1p(3), -Math.log1p(3)].map(Math.fround)
    assert.deepEqual(numbers({ form: 'number', log: true }, 3, -3), logs)
    assert.deepEqual(numbers({ form: 'number', scale: [10, 4] }, 12, none), [0.5, -2.5])
    assert.deepEqual(numbers({ form: 'number', standardise: true }, 2, 4, 6, 8).map(Math.sign), [
      ...[-1, -1, 1, 1],
    ])
    // A column that is the same everywhere is 0, and not infinite.
    assert.deepEqual(numbers({ form: 'number', standardise: true }, 3, 3), [0, 0])
  })

  it('puts numbers between bounds, and what is absent by itself', () => {
    const bounds = { form: 'buckets', bounds: [1, 2.5, 10] } as const
    assert.deepEqual(numbers(bounds, Number.NaN, 0, 1, 2.4, 2.5, 10, 11), [0, 1, 2, 2, 3, 4, 4])
    const quantiles = { form: 'buckets', bounds: { quantiles: 4 } } as const
    assert.deepEqual(numbers(quantiles, 8, 1, 2, 3, 4, 5, 6, 7), [4, 1, 1, 2, 2, 3, 3, 4])
    // Where most values are equal there are fewer parts.
    assert.deepEqual(numbers(quantiles, 5, 5, 5, 5, 5, 5, 5, 9), [2, 2, 2, 2, 2, 2, 2, 2])
  })

  it('learns the commonest words, those of two columns together, and knows no others', () => {
    const vocabularies = { words: { countMax: 3, seenMin: 2 } }
    const as = { form: 'category', vocabulary: 'words' } as const
    const other = { ...tag(as, 1), name: 'u' } as DeclaredColumn
    const set = setOf([tag(as), other], { vocabularies })
    const t = ['b', 'a', 'b', 'c', '', 'd', 'c', 'e']
    const encoding = fitEncoding(set, rows({ t, u: ['a', 'd', 'f', ''] }, 4))
    assert.deepEqual(encoding.learned.vocabularies['words'], ['a', 'b', 'c'])
    const { columns } = encoding.encode(rows({ t: ['a', 'd', '', 'c'], u: ['b'] }, 2))
    assert.deepEqual([...columns.get('t-1')!], [1, 0])
    assert.deepEqual([...columns.get('t-2')!], [0, 3])
    assert.deepEqual([...columns.get('u')!], [2])
    assert.deepEqual(
      encoding.fields.map((field) => 'table' in field && [field.table, field.size]),
      [
        ['words', 4],
        ['words', 4],
        ['words', 4],
      ],
    )
  })

  it('hashes names by the seed that is declared, and what is absent to 0 alone', () => {
    const ids = (seed: string) => {
      const encoding = encodingOf(setOf([tag({ form: 'category', hash: 50, seed }, 1)]), {
        ...{ vocabularies: {}, bounds: {}, scales: {} },
      })
      const t = ['', ...Array.from({ length: 400 }, (_, index) => `name ${index}`)]
      return [...encoding.encode(rows({ t }, t.length)).columns.get('t')!]
    }
    assert.equal(ids('s')[0], 0)
    assert.ok(
      ids('s')
        .slice(1)
        .every((id) => id >= 1 && id <= 50),
    )
    assert.equal(new Set(ids('s')).size, 51)
    assert.deepEqual(ids('s'), ids('s'))
    assert.notDeepEqual(ids('s'), ids('t'))
    // Stored models rely on it: the same names fall into the same buckets in every version.
    assert.deepEqual(ids('s').slice(1, 6), [20, 6, 43, 38, 37])
  })

  it('ends a sequence with the newest, after zeros', () => {
    const vocabularies = { words: { words: ['new', 'older', 'oldest'] } }
    const set = setOf([tag({ form: 'sequence', vocabulary: 'words' }, 3)], { vocabularies })
    const raw = rows({ t: ['new', 'older', '', 'new', 'unheard', 'oldest'] }, 2)
    const encoding = fitEncoding(set, raw)
    assert.deepEqual([...encoding.encode(raw).columns.get('t')!], [0, 2, 1, 3, 0, 1])
    assert.deepEqual(encoding.fields, [
      { kind: 'sequence', name: 't', side: 'item', size: 4, length: 3, table: 'words' },
    ])
  })

  it('is found in the header of a model as it was saved, and nothing else is taken for it', () => {
    const raw = rows({ x: Float64Array.of(0.1, 0.7, 1 / 3) }, 3)
    const set = setOf([number({ form: 'number', standardise: true })])
    const encoding = fitEncoding(set, raw)
    const artifact = withEncoding({ header: { kind: 'k' }, weights: new Uint8Array() }, encoding)
    const header = JSON.parse(JSON.stringify(artifact.header))
    const loaded = loadedEncoding(header)!
    assert.equal(loaded.checksum, encoding.checksum)
    assert.deepEqual(loaded.encode(raw), encoding.encode(raw))
    assert.equal(loadedEncoding({ kind: 'k' }), undefined)
    header.encoding.learned.scales.x[0] += 1e-9
    assert.throws(() => loadedEncoding(header), { code: 'data_loss', message: /checksum/ })
  })

  it('tells declarations apart that differ in anything', () => {
    const raw = rows({ x: Float64Array.of(1) }, 1)
    const sums = [
      setOf([number({ form: 'number' })]),
      setOf([number({ form: 'number', absent: 1 })]),
      setOf([number({ form: 'number' })], { version: 2 }),
    ].map((set) => fitEncoding(set, raw).checksum)
    assert.equal(new Set(sums).size, 3)
  })
})

describe('a declared set', () => {
  const refused = (set: Partial<DeclaredSet>, field: string, message: RegExp) => {
    const whole = setOf([number({ form: 'number' })], set)
    const none = { vocabularies: {}, bounds: {}, scales: {} }
    assert.throws(
      () => encodingOf(whole, none),
      (error: unknown) => {
        assert.ok(error instanceof Error)
        assert.equal((error as Error & { code: string }).code, 'invalid_argument')
        assert.match(error.message, message)
        assert.ok(error.message.includes(field), error.message)
        return true
      },
    )
  }

  it('is refused where it cannot be filled, with the place and the reason', () => {
    refused({ name: 'Set' }, 'name', /lower case/)
    refused({ version: 0 }, 'version', /whole number >= 1/)
    refused({ columns: [] }, 'columns', /empty/)
    refused({ labels: [] }, 'labels', /at least one/)
    const x = number({ form: 'number' })
    refused({ columns: [x, x] }, 'columns', /two fields "x"/)
    refused({ columns: [{ ...x, name: '1x' }] }, 'columns[0].name', /letters/)
    refused({ columns: [number({ form: 'number', clip: [2, 1] })] }, 'columns[0].as.clip', /ascend/)
    const buckets = { form: 'buckets', bounds: [1, 1] } as const
    refused({ columns: [number(buckets)] }, 'columns[0].as.bounds[1]', /ascending/)
    const category = { form: 'category', vocabulary: 'words' } as const
    refused({ columns: [tag(category)] }, 'columns[0].as.vocabulary', /"words" is not declared/)
    const words = { words: { words: ['a', 'a'] } }
    refused({ vocabularies: words }, 'vocabularies.words', /comes twice/)
    refused({ fusions: { f: { fly: 1 } as never } }, 'fusions.f', /neither a fusion of the set/)
    const deeds = { ...x, source: { from: 'item-deeds', of: 'loved' } } as DeclaredColumn
    refused({ columns: [deeds] }, 'columns[0].source.of', /"loved" is neither/)
    const cross = { name: 'c', description: 'c', of: ['x', 't-1'], buckets: 9, seed: '' }
    const columns = [x, tag({ form: 'category', hash: 5, seed: '' })]
    refused({ columns, crosses: [cross] }, 'crosses[0].of[0]', /"x" is no category by name/)
  })
})
