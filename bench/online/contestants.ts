import { fmTrainer } from '../../src/models/linear/fm.ts'
import { ftrlTrainer } from '../../src/models/linear/ftrl.ts'
import { fitLogistic } from '../../src/models/logistic/logistic.ts'
import { type LogisticModel, loadLogisticParts } from '../../src/models/logistic/logistic-model.ts'
import {
  type OnlineLogisticOptions,
  onlineLogistic,
} from '../../src/models/logistic/online-logistic.ts'
import type { Field } from '../../src/models/ranking/field.ts'
import type { OnlineTrainer } from '../../src/models/ranking/online.ts'
import type { Examples } from '../../src/models/ranking/rows.ts'
import type { TimedRow } from './timed-rows.ts'

/** A ranker that was fitted once, as it stands and as it goes on. */
export interface Fitted {
  /** Chances by the fit. */
  stale(rows: readonly TimedRow[]): Promise<Float32Array>
  /** Chances by what it has come to. */
  now(rows: readonly TimedRow[]): Promise<Float32Array>
  /** Learns the rows in their order. */
  learn(rows: readonly TimedRow[]): void
}

export interface Contestant {
  readonly name: string
  fit(rows: readonly TimedRow[]): Promise<Fitted>
}

/** The feed's own ranker: numbers alone. Fits of the same rows are made once. */
export function logistic(numberNames: readonly string[]) {
  const features = numberNames.map((name) => ({ name, absent: Number.NaN }))
  const fits = new Map<number, LogisticModel>()
  const fitted = async (rows: readonly TimedRow[]): Promise<LogisticModel> => {
    const known = fits.get(rows.length)
    if (known !== undefined) return known
    const values = Float32Array.from(rows.flatMap(({ numbers }) => numbers))
    const labels = rows.map(({ label }) => label)
    const fit = await fitLogistic(values, labels, { features, l2: 10 })
    fits.set(rows.length, fit)
    return fit
  }
  return (rates: OnlineLogisticOptions): Contestant => ({
    name: 'logistic',
    async fit(rows) {
      const fit = await fitted(rows)
      const online = onlineLogistic(loadLogisticParts(fit.save(), numberNames), rates)
      return {
        stale: async (some) => fit.predict(columnsOf(numberNames, some), some.length),
        now: async (some) => online.model().predict(columnsOf(numberNames, some), some.length),
        learn(some) {
          for (const { numbers, label, user } of some) online.learn(numbers, label, 1, user)
        },
      }
    },
  })
}

/** With who and what as ids besides; whom and what the fit did not meet is unknown. */
export function byIds(
  name: string,
  trainer: OnlineTrainer,
  numberNames: readonly string[],
): Contestant {
  return {
    name,
    async fit(rows) {
      const users = wordsOf(rows.map(({ user }) => user))
      const items = wordsOf(rows.map(({ item }) => item))
      const fields: readonly Field[] = [
        { kind: 'category', name: 'user', side: 'user', size: 1 + users.size },
        { kind: 'category', name: 'item', side: 'item', size: 1 + items.size },
        ...numberNames.map((of): Field => ({ kind: 'number', name: of, side: 'item' })),
      ]
      const examplesOf = (some: readonly TimedRow[]): Examples => ({
        rowCount: some.length,
        columns: new Map<string, Float32Array | Uint32Array>([
          ['user', Uint32Array.from(some, ({ user }) => users.get(user) ?? 0)],
          ['item', Uint32Array.from(some, ({ item }) => items.get(item) ?? 0)],
          ...columnsOf(numberNames, some).map(
            (column, place) => [numberNames[place]!, column] as const,
          ),
        ]),
        labels: new Map([['like', Float32Array.from(some, ({ label }) => label)]]),
      })
      const fit = await trainer.fit({ fields, train: examplesOf(rows) }, { seed: 1 })
      const online = trainer.resume(fit.save())
      return {
        stale: async (some) => (await fit.predict(examplesOf(some)))[0]!,
        now: async (some) => (await online.model().predict(examplesOf(some)))[0]!,
        learn(some) {
          online.learn(examplesOf(some))
        },
      }
    },
  }
}

/** As kinds of training are set unless told (`shallow-rankers.ts`). */
export const ftrl = ftrlTrainer({ alpha: 0.1, beta: 1, l1: 0.1, l2: 1, epochs: 5 })
export const machine = fmTrainer({ dims: 16, rate: 0.05, l2: 1e-4, epochs: 5 })

function wordsOf(ids: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...new Set(ids)].map((id, index) => [id, 1 + index]))
}

function columnsOf(names: readonly string[], rows: readonly TimedRow[]): Float32Array[] {
  return names.map((_, place) => Float32Array.from(rows, ({ numbers }) => numbers[place]!))
}
