/** A source, a filter, a scorer and a mixer of a program's own: plain functions of item ids. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine, type OwnStages, type StageMakers } from 'starling'

const cafes = [
  { id: 'arlette', price: 3, walkMin: 4, roast: 'light' },
  { id: 'bonanza', price: 4, walkMin: 25, roast: 'light' },
  { id: 'cuatro', price: 3, walkMin: 9, roast: 'dark' },
  { id: 'dorado', price: 2, walkMin: 12, roast: 'dark' },
  { id: 'etna', price: 2, walkMin: 7, roast: 'dark' },
  { id: 'filtro', price: 9, walkMin: 2, roast: 'light' },
  { id: 'grano', price: 3, walkMin: 16, roast: 'medium' },
]
const cafe = new Map(cafes.map((known) => [known.id, known]))
const editorsChoice = ['grano', 'bonanza']

function ownStages(make: StageMakers): OwnStages {
  return {
    // Adds, and nothing else: ids, best first.
    sources: [make.source('editors-choice', (_query, limit) => editorsChoice.slice(0, limit))],

    // Drops, and nothing else. Where it throws, nothing is shown rather than the wrong thing.
    filters: [
      make.filter('drop-over-budget', (item, { fields }) => {
        const budget = Number(fields['budget'] ?? Number.POSITIVE_INFINITY)
        return (cafe.get(item)?.price ?? 0) <= budget
      }),
    ],

    // The higher the better; `soFar` is what the learned ranker thinks.
    scorers: [make.scorer('near-first', (item, soFar) => soFar - (cafe.get(item)?.walkMin ?? 60))],

    // Gives back the same rows in another order: light and dark in turns.
    mixers: [
      make.mixer('alternate-roasts', (feed) => {
        const light = feed.filter(({ item }) => cafe.get(item)?.roast === 'light')
        const other = feed.filter((placed) => !light.includes(placed))
        const longest = Math.max(light.length, other.length)
        return Array.from({ length: longest }, (_, place) => [light[place], other[place]])
          .flat()
          .filter((placed) => placed !== undefined)
      }),
    ],
  }
}

const folder = await mkdtemp(join(tmpdir(), 'starling-own-stages-'))
const engine = await createEngine({ folder, seed: 1, stages: ownStages })
try {
  await engine.putItems(cafes.map(({ id }) => ({ id })))
  const page = await engine.recommend({
    user: 'bo',
    scene: 'for-you',
    size: 6,
    context: { budget: '5' },
  })
  for (const { id, sources } of page.items) {
    console.log(`${id.padEnd(9)} ${cafe.get(id)?.walkMin} min  by ${sources.join(', ')}`)
  }
  const { outcome, by } = await engine.whyNot({ scene: 'for-you', user: 'bo', item: 'filtro' })
  console.log(`filtro, without a budget: ${outcome}${by === undefined ? '' : ` by ${by}`}`)
  const why = await engine.explain(page.requestId)
  const lost = why!.lost.find(({ id }) => id === 'filtro')
  console.log(`filtro, on a budget of 5: ${lost?.outcome} by ${lost?.by}`)
} finally {
  await engine[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
}
