import { blendedOn, type Named } from '../../../../../src/models/calibration/blended-chances.ts'
import { type Entry, entryOf } from '../../entry.ts'
import { frappe } from '../../sets/frappe.ts'
import { entries as deep } from './deep.ts'
import { entries as linear } from './linear.ts'
import { entries as trees } from './trees.ts'

/** Three of different kinds, each the best of its own on the validation file, as it is entered. */
const parts = [
  [deep, 'DeepFM'],
  [trees, 'GBDT'],
  [linear, 'FM'],
] as const

const all = parts.map(([entries, model]) => named(entries, model))

/** Weighed on the validation file, which none was fitted to but by when to stop. */
export const entries = [
  entryOf(frappe, {
    model: 'DeepFM + GBDT + FM',
    // Theirs are part of what the row hangs on.
    settings: Object.fromEntries(
      all.map(({ model, settings }) => [model, JSON.stringify(settings)]),
    ),
    code: [
      ...new Set([
        ...all.flatMap(({ code }) => code),
        'src/models/calibration',
        'src/models/logistic',
      ]),
    ],
    async fit(data, _, { onProgress, checkpoints: __, ...run }) {
      const rankers: Named[] = []
      for (const [place, { model, settings, fit }] of all.entries()) {
        const told = (share: number) => onProgress?.((place + share) / all.length)
        // Entries of one set learn from the same data, and answer to the same questions.
        const ranker = (await fit(data, settings, { ...run, onProgress: told })) as Named['ranker']
        rankers.push({ name: model, ranker })
      }
      const { signal } = run
      return blendedOn(rankers, data.validation, { head: 'label', ...(signal && { signal }) })
    },
  }),
]

function named(entries: readonly Entry[], model: string): Entry {
  const entry = entries.find((each) => each.model === model)
  if (entry === undefined) throw new Error(`${model} is not entered for frappe`)
  return entry
}
