import { seededRandom } from '../../src/kernel/random.ts'
import { globalTemporalSplit } from '../../src/models/evaluation/temporal-split.ts'
import { type Audience, beyondAccuracy } from './beyond-accuracy.ts'
import type { Contender } from './contender.ts'
import { byChance } from './contenders/by-chance.ts'
import { factors } from './contenders/factors.ts'
import { itemKnn } from './contenders/item-knn.ts'
import { popularity } from './contenders/popularity.ts'
import { recipe } from './contenders/recipe.ts'
import { meanOver, metrics } from './metric.ts'
import { ratingTimes } from './movielens.ts'
import {
  accuracy,
  type Cell,
  type Entrant,
  margins,
  type ResultRow,
  type Segment,
} from './result.ts'
import { learnAt, type SetUp, setUp } from './set-up.ts'
import { itemKnnSettings, recipeSettings, refitEvery } from './settings.ts'
import { tableOf } from './table.ts'
import { trained } from './trained.ts'
import { type Verdict, verdictsOf } from './verdict.ts'
import { walk } from './walk.ts'

export interface EvaluateOptions {
  readonly set: string
  readonly folder: string
  /** One like in ten is a trial. */
  readonly quick: boolean
  readonly progress: (step: string, share: number) => void
}

const protocol =
  'global temporal split 80/20; every like after it, in order; ' +
  'full catalogue less what the user acted on'

/** The share of all ratings that models may learn from. */
const trainShare = 0.8

/** What a contender must beat, and which are ordered by nothing that was learned. */
const baselines = ['random', 'popularity', 'item-kNN']

/** Trials of a new user that still count as a first acquaintance. */
const firstActions = 10

export async function evaluate(options: EvaluateOptions) {
  const { set, folder, quick, progress } = options
  const { at } = globalTemporalSplit(await ratingTimes(folder), trainShare)
  const prepared = await setUp(folder, at, Number.POSITIVE_INFINITY)
  const audience = audienceOf(prepared)
  const contenders = await contendersOf(prepared, quick, progress)
  const entrants = await run(prepared, contenders, quick, progress)
  await prepared.world[Symbol.asyncDispose]()

  const segments = segmentsOf(prepared)
  const tables = segments.map((segment) => accuracy(entrants, segment))
  const best = bestOf(entrants.filter(({ model }) => baselines.includes(model)))
  const above = margins(entrants, best, metrics.gain)
  const beyond = entrants.flatMap((entrant) => beyondAccuracy(entrant, audience))
  const text = [
    `${set}: ${protocol}`,
    `cut at ${new Date(at).toISOString()}; ${trialsOf(entrants, segments)}`,
    `item-kNN ${JSON.stringify(itemKnnSettings)}, recipe ${JSON.stringify(recipeSettings)}`,
    'means over users of their means, with 95 % bootstrap intervals over users',
    ...tables.map((cells, index) => `\n${tableOf(segments[index]!.name || 'all', cells)}`),
    `\n${tableOf('user by user', above)}`,
    `\n${tableOf('beyond accuracy', beyond)}`,
    `\n${judgement(tables[0]!, best)}`,
  ].join('\n')
  const cells = [...tables.flat(), ...above, ...beyond]
  return { rows: cells.map((cell) => rowOf(cell, set, entrants)), text }
}

async function contendersOf(
  prepared: SetUp,
  quick: boolean,
  progress: EvaluateOptions['progress'],
): Promise<readonly Contender[]> {
  const { world, likes } = prepared
  const { model: learned, training } = await trained(() =>
    learnAt(prepared, recipeSettings, progress),
  )
  world.expectBy(learned.factors)
  return [
    byChance(world.state.ordinals.size, seededRandom('chance')),
    popularity(likes),
    await itemKnn(likes, itemKnnSettings, quick ? 10 * refitEvery : refitEvery),
    factors(learned.factors, training),
    recipe(world, learned.ranker, training),
  ]
}

async function run(
  prepared: SetUp,
  contenders: readonly Contender[],
  quick: boolean,
  progress: EvaluateOptions['progress'],
): Promise<readonly Entrant[]> {
  const entrants = contenders.flatMap(({ rows, training }) =>
    rows.map((model) => ({ model, training, verdicts: [] as Verdict[] })),
  )
  await walk({
    ...prepared,
    contenders,
    every: quick ? 10 : 1,
    judge: (trial) => {
      for (const [row, verdict] of verdictsOf(trial).entries())
        entrants[row]!.verdicts.push(verdict)
    },
    onProgress: (share) => progress('asking', share),
  })
  return entrants
}

/** What is known at the cut; to be asked before the walk. */
function audienceOf({ world, likes }: SetUp): Audience {
  return {
    itemCount: world.state.ordinals.size,
    likeCounts: likes.counts.slice(),
    userCount: likes.userCount,
    genres: world.residents.catalogue.tags('genres')!,
  }
}

function segmentsOf({ split, world }: SetUp): readonly Segment[] {
  const users = new Set<string>()
  const items = new Set<number>()
  for (const event of split.before) {
    if (event.type !== 'action' || event.item === undefined) continue
    users.add(event.user)
    items.add(world.state.ordinals.of(event.item)!)
  }
  return [
    { name: '', holds: () => true },
    { name: 'known users', holds: ({ user }) => users.has(user) },
    {
      name: `new users, first ${firstActions} actions`,
      holds: ({ user, pastCount }) => !users.has(user) && pastCount < firstActions,
    },
    { name: 'new items', holds: ({ target }) => !items.has(target) },
  ]
}

function bestOf(entrants: readonly Entrant[]): Entrant {
  const gain = ({ verdicts }: Entrant) => meanOver(verdicts, metrics.gain)
  return entrants.reduce((best, other) => (gain(other) > gain(best) ? other : best))
}

function trialsOf([entrant]: readonly Entrant[], segments: readonly Segment[]): string {
  return segments
    .map(({ name, holds }) => {
      const held = entrant!.verdicts.filter(holds)
      const users = new Set(held.map(({ user }) => user)).size
      return `${name || 'all'}: ${held.length} likes of ${users} users`
    })
    .join('; ')
}

/** Whether the recipe is beyond doubt the better one: no overlap of the two intervals. */
function judgement(cells: readonly Cell[], best: Entrant): string {
  return [metrics.hit, metrics.gain]
    .map(({ name }) => {
      const cellOf = (model: string) =>
        cells.find((cell) => cell.model === model && cell.metric === name)!
      const [ours, theirs] = [cellOf('recipe'), cellOf(best.model)]
      const apart = ours.low! > theirs.high!
      const verb = apart ? 'beats' : 'does NOT clearly beat'
      const figures = `${spell(ours)} to ${spell(theirs)}`
      return `${name}: the recipe ${verb} ${best.model}, the best baseline (${figures})`
    })
    .join('\n')
}

function spell({ low, high }: Cell): string {
  return `[${low!.toFixed(4)}, ${high!.toFixed(4)}]`
}

function rowOf(cell: Cell, set: string, entrants: readonly Entrant[]): ResultRow {
  const { training } = entrants.find(({ model }) => model === cell.model)!
  return { set, protocol, ...cell, trainSeconds: training.seconds, peakBytes: training.peakBytes }
}
