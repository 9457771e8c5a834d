import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TableName } from '../tables.ts'
import { nextMerger, outlived } from './aging.ts'
import type { LakeFile } from './manifest.ts'
import { spanBounds } from './span.ts'

const now = Date.UTC(2026, 10, 22, 12)
const kb = 1024

function file(table: TableName, span: string, bytes: number, name = `${span}-${bytes}`): LakeFile {
  const { from, until } = spanBounds(span)
  return { table, span, name, bytes, rows: 1, from, to: until - 1, first: 0, last: 0 }
}

const names = (files: readonly LakeFile[]): readonly string[] => files.map(({ name }) => name)

describe('merging', () => {
  it('begins when an hour is over and late rows had time to come', () => {
    const running = [1, 2].map((n) => file('actions', 'hour=2026112212', n * kb))
    const over = [1, 2].map((n) => file('actions', 'hour=2026112211', n * kb))
    assert.equal(nextMerger(running, now + 30 * 60_000), undefined)
    assert.equal(nextMerger(over, now + 60_000), undefined)
    const next = nextMerger([...running, ...over], now + 6 * 60_000)
    assert.deepEqual([next?.span, names(next!.files)], ['hour=2026112211', names(over)])
  })

  it('brings hours into days, days into months, and these into years, each table by itself', () => {
    const files = [
      ...[0, 1].map((n) => file('pages', `hour=202611200${n}`, kb)),
      file('actions', 'hour=2026112002', kb),
    ]
    const next = nextMerger(files, now)
    assert.deepEqual([next?.span, names(next!.files)], ['day=20261120', names(files.slice(0, 2))])
    const days = [3, 4].map((n) => file('pages', `day=2026010${n}`, kb))
    assert.equal(nextMerger(days, now)?.span, 'month=202601')
    const months = [3, 4].map((n) => file('pages', `month=20190${n}`, kb))
    assert.equal(nextMerger(months, now)?.span, 'year=2019')
    assert.equal(nextMerger([file('pages', 'month=201903', kb)], now), undefined)
    const early = [file('pages', 'day=20261120', kb), file('pages', 'day=20261120', 2 * kb)]
    assert.equal(nextMerger(early, now - 86_400_000)?.span, 'day=20261120')
  })

  it('writes no large file again for a few late rows, and makes none that is huge', () => {
    const large = file('actions', 'hour=2026112209', (100 * kb * kb) / 10)
    const late = [1, 2].map((n) => file('actions', 'hour=2026112209', n * kb))
    assert.deepEqual(names(nextMerger([large, ...late], now)!.files), names(late))
    assert.equal(nextMerger([large, late[0]!], now), undefined)
    const equal = [1, 2, 3].map((n) => file('actions', 'hour=2026112209', 100 * kb * kb, `f${n}`))
    assert.deepEqual(names(nextMerger(equal, now)!.files), ['f1', 'f2'])
    const huge = [1, 2].map((n) => file('actions', 'hour=2026112209', 200 * kb * kb, `f${n}`))
    assert.equal(nextMerger(huge, now), undefined)
  })
})

describe('forgetting', () => {
  const files = [
    file('items', 'year=2020', 10 * kb),
    file('actions', 'year=2020', 30 * kb),
    file('actions', 'day=20261101', 20 * kb),
    file('pages', 'day=20261102', 10 * kb),
    file('slates', 'day=20261101', 10 * kb),
    file('actions', 'hour=2026112212', 10 * kb),
  ]

  it('takes nothing that happened unless it was told to, but runs of before last week', () => {
    assert.deepEqual(names(outlived(files, {}, now)), [names(files)[4]])
    assert.deepEqual(outlived(files, { runsAgeMsMax: 1e12 }, now), [])
  })

  it('takes whole spans that are too old, and never descriptions', () => {
    const gone = outlived(files, { ageMsMax: 30 * 86_400_000 }, now)
    assert.deepEqual(gone, [files[1], files[4]])
  })

  it('takes the oldest until the rest fits, and never the hour that is being written', () => {
    const bounds = { runsAgeMsMax: 1e12 }
    assert.deepEqual(outlived(files, { ...bounds, bytesMax: 90 * kb }, now), [])
    assert.deepEqual(outlived(files, { ...bounds, bytesMax: 60 * kb }, now), [files[1]])
    assert.deepEqual(
      new Set(outlived(files, { ...bounds, bytesMax: 1 }, now)),
      new Set([files[1], files[2], files[3], files[4]]),
    )
  })
})
