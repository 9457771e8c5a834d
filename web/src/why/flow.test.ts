import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Explanation, RunView, StageView } from '../state/api.ts'
import { bendsOf } from './bends.ts'
import { flowOf } from './flow.ts'
import { ribbon } from './ribbon.ts'
import { wideLayout } from './wide-layout.ts'

const run: RunView = {
  ...{ run: 'r', at: '2026-01-01T00:00:00.000Z', recipe: 'feed', model: 'ranker/1' },
  ...{ candidateCount: 100, rankedCount: 80, slateLength: 50, shownCount: 10 },
}

const step = (
  stage: StageView['stage'],
  name: string,
  rowCount: number,
  dropped = 0,
): StageView => ({
  ...{ run: 'r', stage, name, rowCount, dropped, durationMs: 1 },
})

const told = {
  runs: [run],
  stages: [
    step('recall', 'nearest', 90),
    step('recall', 'popular', 30),
    step('filter', 'drop-seen', 95, 5),
    step('filter', 'drop-blocked', 95),
    step('filter', 'no-ties', 84, 11),
    step('rank', 'learned', 80),
    step('mix', 'spread', 80),
    { ...step('recall', 'elsewhere', 7), run: 'other' },
  ],
  lost: [
    ...Array.from({ length: 15 }, (_, n) => ({ id: `e${n}`, outcome: 'shown-earlier' })),
    ...Array.from({ length: 25 }, (_, n) => ({ id: `w${n}`, outcome: 'waiting' })),
  ],
} as unknown as Explanation // The rest of it makes no difference to the stream.

const sumOf = (parts: readonly { readonly count: number }[]): number =>
  parts.reduce((sum, { count }) => sum + count, 0)

describe('the stream of a run', () => {
  const flow = flowOf(run, told)

  it('loses nothing on the way: what leaves and what arrives is what was proposed', () => {
    assert.deepEqual(
      flow.exits.map(({ words, count }) => [words, count]),
      [
        ['met before', 5],
        ['no ties', 11],
        ['beyond what is ranked', 4],
      ],
    )
    assert.equal(run.candidateCount - sumOf(flow.exits), run.rankedCount)
    assert.equal(run.rankedCount - flow.tooLow, run.slateLength)
    assert.equal(sumOf(flow.ends), run.slateLength)
  })

  it('is that of its run alone', () => {
    assert.deepEqual(
      flow.sources.map(({ name, count }) => [name, count]),
      [
        ['nearest', 90],
        ['popular', 30],
      ],
    )
    assert.equal(flow.totalMs, 7)
  })

  it('says of a page of several runs only what is sure', () => {
    const { ends } = flowOf(run, { ...told, runs: [run, { ...run, run: 'other' }] })
    assert.deepEqual(
      ends.map(({ kind, count }) => [kind, count]),
      [
        ['page', 10],
        ['rest', 40],
      ],
    )
  })

  it('narrows line by line, down to nothing', () => {
    const bends = bendsOf(flow)
    const pool = bends.findIndex(({ key }) => key === 'pool')
    const widths = bends.map(({ below }) => below)
    assert.deepEqual(
      widths.slice(pool),
      widths.slice(pool).toSorted((a, b) => b - a),
    )
    assert.equal(Math.round(widths[pool - 1]!), run.candidateCount)
    assert.equal(widths.at(-1), 0)
  })

  it('is drawn without a break, also where nothing was proposed', () => {
    const none = { ...run, candidateCount: 0, rankedCount: 0, slateLength: 0, shownCount: 0 }
    const dry = flowOf(none, { ...told, stages: [], lost: [] })
    for (const layout of [wideLayout(flow), wideLayout(dry)]) {
      assert.ok(layout.height > 0)
      assert.doesNotMatch(JSON.stringify(layout), /NaN|null|Infinity/)
    }
    assert.equal(wideLayout(flow).springs.length, 2)
  })
})

describe('a ribbon', () => {
  it('runs along one bank and back along the other', () => {
    const path = ribbon(
      [
        { at: 0, from: 1, to: 3 },
        { at: 10, from: 5, to: 6 },
      ],
      'sideways',
    )
    assert.equal(path, 'M0 1C5 1 5 5 10 5L10 6C5 6 5 3 0 3Z')
  })

  it('turns with the stream', () => {
    assert.equal(ribbon([{ at: 4, from: 1, to: 2 }], 'downwards'), 'M1 4L2 4Z')
  })
})
