import type { EventLog } from '../../../events/log/event-log.ts'
import { factorsName } from '../model-names.ts'
import { onlineUpdates } from './online-updates.ts'
import type { Standing } from './ranker-follower.ts'
import { type RankerUpdatesOptions, rankerUpdates } from './ranker-updates.ts'

/** All models that learn between two trainings: factors, and rankers. */
export interface KeepingUp extends AsyncDisposable {
  /** Takes in what is new; factors only while nothing is trained, which begins with the same. */
  update(isTraining: boolean): Promise<void>
  /** Somebody was erased: what was taken in is forgotten, and read again. */
  forget(): Promise<void>
  standings(): readonly KeptUp[]
}

/** A model that serves further on than it was trained. */
export type KeptUp = Pick<Standing, 'name' | 'version' | 'through'> & Partial<Standing>

export interface KeepingUpOptions extends RankerUpdatesOptions {
  readonly log: Pick<EventLog, 'head'>
  readonly isOn: boolean
}

export function keepingUp(options: KeepingUpOptions): KeepingUp {
  const { home, log, models, isOn, onTrouble } = options
  const factors = onlineUpdates({ home, log, models })
  const rankers = rankerUpdates(options)
  if (isOn) rankers.restore().catch((error: unknown) => onTrouble('rankers kept up', error))
  return {
    async update(isTraining) {
      if (!isOn) return
      await rankers.update()
      if (!isTraining) await factors.update()
    },

    async forget() {
      await factors.forget()
      await rankers.forget()
    },

    standings() {
      const version = models.versionOf(factorsName)
      const { through } = factors
      const isKept = version !== undefined && through !== undefined
      const ofFactors = isKept ? [{ name: factorsName, version, through }] : []
      return [...ofFactors, ...rankers.standings()]
    },

    async [Symbol.asyncDispose]() {
      await factors[Symbol.asyncDispose]()
      await rankers[Symbol.asyncDispose]()
    },
  }
}
