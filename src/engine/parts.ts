import type { EventLog } from '../events/log/event-log.ts'
import { openSegmentLog } from '../events/log/segment-log.ts'
import { type Deliverer, deliverer } from '../feed/delivery/deliver.ts'
import type { Scene } from '../feed/delivery/scene.ts'
import type { FeedQueue } from '../feed/queue/feed-queue.ts'
import { logQueue } from '../feed/queue/log-queue.ts'
import { openTraceShelf, type TraceShelf } from '../insight/explain/trace-shelf.ts'
import type { Random } from '../kernel/random.ts'
import { openState } from '../state/folded-state.ts'
import { type Journal, openJournal } from '../state/journal.ts'
import { type Once, openOnce } from '../state/once.ts'
import { type AliasView, aliasView } from '../state/projections/aliases.ts'
import type { State } from '../state/state.ts'
import { openLmdbStore } from '../state/store/lmdb-store.ts'
import type { EngineOptions } from './engine-options.ts'
import { folds } from './folds.ts'
import type { Held } from './held.ts'
import type { Home } from './home.ts'
import { hotValues } from './hot-values.ts'
import { type ModelsInForce, openModelsInForce } from './models-in-force.ts'
import { idMaker } from './new-id.ts'
import { recipesOf, sourceNames } from './recipes.ts'
import { defaultAttributes, openResidents, type Residents } from './residents.ts'
import { openRetention } from './retention.ts'
import { defaultScenes } from './scenes.ts'
import { stageMakers, withOwn } from './stages.ts'
import { openTrainings, type Trainings } from './training/trainings.ts'

export type CompleteOptions = EngineOptions &
  Required<Pick<EngineOptions, 'clock' | 'onProgress' | 'onTrouble'>>

/** Everything an engine is made of, opened and caught up. */
export interface Parts {
  readonly options: CompleteOptions
  readonly home: Home
  readonly log: EventLog
  readonly state: State
  readonly journal: Journal
  readonly once: Once
  readonly aliases: AliasView
  readonly residents: Residents
  readonly models: ModelsInForce
  readonly trainings: Trainings
  readonly traces: TraceShelf
  readonly queue: FeedQueue
  readonly scenes: ReadonlyMap<string, Scene>
  readonly deliverer: Deliverer
  readonly newId: () => string
  readonly resources: Held
}

interface Ground {
  readonly home: Home
  readonly random: Random
  readonly resources: Held
}

export async function openParts(options: CompleteOptions, ground: Ground): Promise<Parts> {
  const { clock, onProgress, onTrouble } = options
  const { home, random, resources } = ground
  const newId = idMaker(clock, random.fork('ids'))
  const log = resources.add(await openSegmentLog({ folder: home.log }))
  const store = resources.add(openLmdbStore({ folder: home.state }))
  const retention = openRetention({ log, store, home, ...options })
  await retention.restore()
  const state = await openState({ store, ...folds })
  const models = await openModelsInForce(home.models, clock, state.ordinals)
  const attributes = options.attributes ?? defaultAttributes
  const { factors } = models
  const residents = await openResidents({
    state,
    attributes,
    sources: sourceNames,
    factors,
    at: clock.now(),
  })
  const aliases = await aliasView(state)
  const journal = resources.add(
    openJournal({ log, state, onTrouble: (error) => onTrouble('a checkpoint failed', error) }),
  )
  const once = await openOnce(state, journal)
  if (journal.lag > 0) {
    await journal.catchUp((done, of) => onProgress('state from the log', done / of))
  }
  await models.reload(residents.features.map(({ name }) => name))

  const traces = resources.add(
    await openTraceShelf({ store: openLmdbStore({ folder: home.traces }) }),
  )
  const trainings = resources.add(
    openTrainings({
      ...options,
      home,
      log,
      state,
      models,
      attributes,
      features: residents.features,
      retention,
    }),
  )
  const queue = logQueue({ journal, state, newId })
  const makers = stageMakers(state.ordinals)
  const recipes = withOwn(recipesOf(residents, models.ranker), options.stages?.(makers) ?? {})
  const scenes = new Map(
    (options.scenes ?? defaultScenes)(recipes).map((scene) => [scene.name, scene] as const),
  )
  return {
    options,
    home,
    log,
    state,
    journal,
    once,
    aliases,
    residents,
    models,
    trainings,
    traces,
    queue,
    scenes,
    newId,
    resources,
    deliverer: deliverer({
      clock,
      state,
      queue,
      random: random.fork('feeds'),
      showable: showableBy(residents, options),
      lastRung: recipes.lastRung,
      keep: traces.keep,
    }),
  }
}

/** What is asked of an entry that waited: the world may have changed since it was chosen. */
function showableBy({ catalogue, state, parameters }: Residents, { clock }: CompleteOptions) {
  const hot = hotValues(parameters)
  return (item: number, { channel }: { readonly channel: string }): boolean => {
    if (!catalogue.servable(item, clock.now())) return false
    const { items, channels: blocked = [] } = hot.blocked()
    if (items.length > 0 && items.includes(state.ordinals.id(item))) return false
    const channels = catalogue.tags('channels')
    const inside = (name: string): boolean => {
      const code = channels?.code(name)
      return code !== undefined && channels!.has(item, code)
    }
    return (channel === '' || inside(channel)) && !blocked.some(inside)
  }
}
