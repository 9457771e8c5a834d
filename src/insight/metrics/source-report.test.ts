import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { defaultSignals } from '../../events/signals.ts'
import { type MadeUpLake, madeUpLake } from './made-up-lake.suite.ts'
import { sourceReportOf } from './source-report.ts'

const dayMs = 86_400_000
const monday = Date.UTC(2026, 6, 6)
const setting = { now: monday + 9 * dayMs, signals: defaultSignals, kindAttribute: 'genres' }

/** A place of a page, and whether it was clicked. */
async function show(
  lake: MadeUpLake,
  [at, item, clicked]: readonly [number, string, boolean],
  sources: readonly string[],
  scene = 'home',
): Promise<void> {
  const slot = { at, request: `r${at}`, user: 'ann', item, scene, channel: '', position: 0 }
  await lake.put('slots', [{ ...slot, sources }])
  const click = { ...slot, at: at + 1_000, action: 'click' }
  if (clicked) await lake.put('actions', [click, { ...click, action: 'like' }])
}

async function shownOverTwoWeeks(): Promise<MadeUpLake> {
  const lake = await madeUpLake()
  // The first week: four places, of which a, b and c were acted on; a was brought by two.
  await show(lake, [monday, 'a', true], ['trending', 'similar'])
  await show(lake, [monday + 1, 'b', true], ['similar'])
  await show(lake, [monday + 7 * dayMs - 1, 'c', true], ['fresh'])
  await show(lake, [monday + 2, 'd', false], ['trending'])
  // The second, which is not over.
  await show(lake, [monday + 7 * dayMs, 'a', true], ['fresh'], 'side')
  await show(lake, [monday + 7 * dayMs + 1, 'b', false], [])
  return lake
}

describe('the report of sources', () => {
  it('tells their shares of success, and names the weakest', async () => {
    using lake = await shownOverTwoWeeks()
    const { weeks } = await sourceReportOf({ weeks: 3 }, lake, setting)
    assert.deepEqual(
      weeks.map(({ from }) => from),
      [-7, 0, 7].map((days) => monday + days * dayMs),
    )
    assert.deepEqual(weeks[1]!.sources, [
      { source: 'similar', impressions: 2, successes: 2, shareOfSuccess: 1.5 / 3, rate: 1 },
      { source: 'fresh', impressions: 1, successes: 1, shareOfSuccess: 1 / 3, rate: 1 },
      { source: 'trending', impressions: 2, successes: 1, shareOfSuccess: 0.5 / 3, rate: 1 / 2 },
    ])
    assert.equal(weeks[1]!.weakest, 'trending')
    assert.deepEqual(weeks[0], { from: monday - 7 * dayMs, sources: [] })
    // One source is no choice.
    assert.deepEqual(weeks[2]!.sources, [
      { source: 'fresh', impressions: 1, successes: 1, shareOfSuccess: 1, rate: 1 },
    ])
    assert.equal(weeks[2]!.weakest, undefined)
  })

  it('names a source that found candidates of which none was shown', async () => {
    using lake = await shownOverTwoWeeks()
    const run = { at: monday + 8 * dayMs, run: 'run-1', user: 'ann', recipe: 'mixed', rows: 7 }
    await lake.put('runs', [
      { ...run, stage: 'recall', name: 'barren' },
      { ...run, stage: 'recall', name: 'idle', rows: 0 },
      { ...run, stage: 'rank', name: 'ranker' },
      { ...run, run: 'run-2', recipe: 'last-rung', stage: 'recall', name: 'sweep' },
    ])
    const { weeks } = await sourceReportOf({ weeks: 1 }, lake, setting)
    assert.deepEqual(
      weeks[0]!.sources.map(({ source }) => source),
      ['fresh', 'barren'],
    )
    assert.equal(weeks[0]!.weakest, 'barren')
  })

  it('tells of one scene alone where asked', async () => {
    using lake = await shownOverTwoWeeks()
    const { weeks } = await sourceReportOf({ weeks: 2, scene: 'side' }, lake, setting)
    assert.deepEqual(
      weeks.map(({ sources }) => sources.map(({ source }) => source)),
      [[], ['fresh']],
    )
  })

  it('refuses what is no number of weeks', async () => {
    using lake = await madeUpLake()
    for (const weeks of [0, 53, 1.5]) {
      await assert.rejects(sourceReportOf({ weeks }, lake, setting), {
        message: `[invalid_argument] weeks ${weeks} must be a whole number >= 1 and <= 52`,
      })
    }
  })
})
