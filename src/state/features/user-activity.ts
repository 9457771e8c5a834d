import { history } from '../projections/history.ts'
import type { Feature } from './feature.ts'
import { tasteNeeds, tasteOf } from './taste.ts'

/** How much we know of the user, and how they tend to judge. The same for all rows. */
export function userActivity(): readonly Feature[] {
  return [
    {
      name: 'history-length',
      absent: 0,
      description: 'What the user did so far, as far back as we remember; ln(1 + n)',
      needs: tasteNeeds,
      fill(context, _rows, known, out) {
        out.fill(Math.log1p(known.get(history, context.user)?.length ?? 0))
      },
    },
    {
      name: 'user-mean-signal',
      absent: 0,
      description: 'Mean signal of the items that the user has an opinion of',
      needs: tasteNeeds,
      fill(context, _rows, known, out) {
        const { signals } = tasteOf(context, known)
        if (signals.length === 0) return
        out.fill(signals.reduce((sum, signal) => sum + signal, 0) / signals.length)
      },
    },
  ]
}
