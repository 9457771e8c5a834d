import type { AnswerOf } from '../../api/operation.ts'
import type { Service } from '../../api/service.ts'

export type Unit = AnswerOf<Service['describeMetrics']>['measures'][number]['unit']

/** A value as people read it. */
export function valueText(value: number | null, unit: Unit): string {
  if (value === null) return '–'
  switch (unit) {
    case 'share':
      return `${(100 * value).toFixed(2)} %`
    case 'count':
      return value.toLocaleString('en-US', { maximumFractionDigits: 0 })
    case 'ms':
      return `${rounded(value)} ms`
    case 'seconds':
      return `${rounded(value)} s`
    case 'number':
      return rounded(value)
  }
}

function rounded(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : 1 })
}

/** A label of a slice; an empty one stands for none. */
export function labelText(label: string): string {
  return label === '' ? '(none)' : label
}
