import type { CheckFactory, Finding } from './check.ts'
import { counted, type Tally, tally } from './tally.ts'

/** Fields whose refusals a check of their own explains better. */
const explainedElsewhere = new Set(['at'])

/** Rows that the import would set aside, by the field at fault. */
export const refusals: CheckFactory = () => {
  const byField = new Map<string, { readonly tally: Tally; readonly example: string }>()
  return {
    see(seen) {
      const { refusal } = seen
      if (refusal === undefined) return
      const field = (refusal.field ?? 'row').replace(/\[\d+\]/g, '')
      if (explainedElsewhere.has(field) || refusal.message.includes('lost its digits')) return
      let known = byField.get(field)
      if (known === undefined) {
        known = { tally: tally(), example: refusal.message.replace(/^\[\w+\] /, '') }
        byField.set(field, known)
      }
      known.tally.add(seen)
    },
    findings() {
      return [...byField].flatMap(([field, { tally, example }]): Finding[] =>
        tally.findings(({ count }) => ({
          severity: 'error',
          code: field === 'type' ? 'unknown-actions' : 'refused-rows',
          message: `${counted(count, 'row')} will be set aside: ${example}`,
        })),
      )
    },
  }
}
