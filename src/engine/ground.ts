import type { EventLog } from '../events/log/event-log.ts'
import { openSegmentLog } from '../events/log/segment-log.ts'
import type { Random } from '../kernel/random.ts'
import { openState } from '../state/folded-state.ts'
import { type Journal, openJournal } from '../state/journal.ts'
import { type GrantBook, grantBook } from '../state/nearline/grant-book.ts'
import { type Once, openOnce } from '../state/once.ts'
import { type AliasView, aliasView } from '../state/projections/aliases.ts'
import type { State } from '../state/state.ts'
import { openLmdbStore } from '../state/store/lmdb-store.ts'
import type { EngineOptions } from './engine-options.ts'
import { folds } from './folds.ts'
import type { Held } from './held.ts'
import type { Home } from './home.ts'
import { openRetention, type Retention, segmentBytesFor } from './keeping/retention.ts'
import { idMaker } from './new-id.ts'
import { orderedSources } from './recipes/recipes.ts'
import {
  type DeclaredAttributes,
  defaultAttributes,
  openResidents,
  type Residents,
} from './recipes/residents.ts'
import { setTimer } from './streams/set-timer.ts'
import { stateGroup, stateStream } from './streams/state-stream.ts'
import { type StreamBoard, streamBoard } from './streams/stream-board.ts'
import { type ModelsInForce, openModelsInForce } from './training/models-in-force.ts'

export type GroundOptions = EngineOptions &
  Required<Pick<EngineOptions, 'clock' | 'onProgress' | 'onTrouble'>>

/** Where an engine opens. */
export interface Setting {
  readonly home: Home
  readonly random: Random
  readonly resources: Held
}

/**
 * What an engine knows, opened and caught up: the log, its fold, and the models learned from it.
 */
export interface Ground extends Omit<Setting, 'random'> {
  readonly log: EventLog
  readonly state: State
  readonly journal: Journal
  readonly once: Once
  readonly aliases: AliasView
  readonly attributes: DeclaredAttributes
  readonly residents: Residents
  readonly grantBook: GrantBook
  readonly models: ModelsInForce
  readonly retention: Retention
  /** Where whoever follows the log is listed. */
  readonly streams: StreamBoard
  readonly newId: () => string
}

export async function openGround(options: GroundOptions, setting: Setting): Promise<Ground> {
  const { clock, onProgress, onTrouble, attributes = defaultAttributes } = options
  const { home, random, resources } = setting
  const log = resources.add(
    await openSegmentLog({
      folder: home.log,
      segmentBytes: segmentBytesFor(options.logBytesMax),
    }),
  )
  const store = resources.add(openLmdbStore({ folder: home.state }))
  const retention = openRetention({ log, store, home, ...options })
  await retention.restore()
  const state = await openState({ store, ...folds })
  const models = await openModelsInForce(home.models, clock, state.ordinals)
  // Views are made before the first fold: from then on every fold keeps them fresh.
  const residents = await openResidents({
    state,
    attributes,
    sources: orderedSources,
    factors: models.factors,
    recall: models.recall,
    at: clock.now(),
    making: { random: random.fork('sets'), inBackground: true },
  })
  resources.add(setTimer(residents.sets, clock))
  const aliases = await aliasView(state)
  const book = await grantBook(state)
  const journal = resources.add(
    openJournal({ log, state, onTrouble: (error) => onTrouble('a checkpoint failed', error) }),
  )
  const once = await openOnce(state, journal)
  if (journal.lag > 0) {
    await journal.catchUp((done, of) => onProgress('state from the log', done / of))
  }
  await models.reload(residents.features.map(({ name }) => name))
  const streams = streamBoard()
  streams.add(stateGroup, stateStream({ log, state, journal, clock }))
  return {
    home,
    resources,
    log,
    state,
    journal,
    once,
    aliases,
    attributes,
    residents,
    grantBook: book,
    models,
    retention,
    streams,
    newId: idMaker(clock, random.fork('ids')),
  }
}
