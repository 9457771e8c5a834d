import assert from 'node:assert/strict'
import { it } from 'node:test'
import { readMetricsView } from '../../route/metrics-view.ts'
import type { Catalogue } from '../../state/api.ts'
import { has, measuresOf, questionOf } from './question.ts'

const measure = (name: string, dimensions: string[]): Catalogue['measures'][number] => ({
  ...{ name, unit: 'count', description: '', dimensions },
})
const catalogue: Catalogue = {
  measures: [measure('clicks', ['scene', 'item.*']), measure('runs', ['stage'])],
  dimensions: [],
}
const view = (query: string) => readMetricsView(new URLSearchParams(query))

it('measures what the address names, and what is usual where the server knows none of it', () => {
  assert.deepEqual(
    measuresOf(view('show=runs&show=gone'), catalogue).map(({ name }) => name),
    ['runs'],
  )
  assert.deepEqual(
    measuresOf(view('show=gone'), catalogue).map(({ name }) => name),
    ['clicks', 'runs'],
  )
})

it('knows which dimensions a measure has, those that stand for many too', () => {
  const [clicks] = catalogue.measures
  assert(clicks !== undefined)
  assert(has(clicks, 'scene') && has(clicks, 'item.genres'))
  assert(!has(clicks, 'stage') && !has(clicks, 'items') && !has(clicks, 'item.*'))
})

it('asks up to now, or for the span drawn, in steps that fit', () => {
  const now = Date.UTC(2026, 10, 22, 12)
  const live = questionOf(view('last=6h&where.scene=home&where.scene='), catalogue, now)
  assert.equal(live.from, '2026-11-22T06:00:00.000Z')
  assert.equal(live.stepMs, 300_000)
  assert.deepEqual(live.where, [{ dimension: 'scene', in: ['home', ''] }])
  const drawn = questionOf(view(`from=${now - 60_000}&to=${now - 30_000}`), catalogue, now)
  assert.deepEqual([drawn.to, drawn.stepMs], ['2026-11-22T11:59:30.000Z', 1_000])
  assert.equal(questionOf(view('step=60000'), catalogue, now).stepMs, 60_000)
})
