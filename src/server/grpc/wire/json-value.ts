import type { Json } from '../../../events/event.ts'

/** A `google.protobuf.Value` as proto-loader gives and takes it. */
export interface WireValue {
  readonly kind?: string
  readonly numberValue?: number
  readonly stringValue?: string
  readonly boolValue?: boolean
  readonly nullValue?: number
  readonly structValue?: { readonly fields?: Readonly<Record<string, WireValue>> }
  readonly listValue?: { readonly values?: readonly WireValue[] }
}

export function toWireValue(value: Json): WireValue {
  if (value === null) return { nullValue: 0 }
  if (typeof value === 'number') return { numberValue: value }
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (isList(value)) return { listValue: { values: value.map(toWireValue) } }
  const fields = Object.entries(value).map(([name, of]) => [name, toWireValue(of)])
  return { structValue: { fields: Object.fromEntries(fields) } }
}

export function fromWireValue(value: WireValue): Json {
  switch (value.kind) {
    case 'numberValue':
      return value.numberValue ?? 0
    case 'stringValue':
      return value.stringValue ?? ''
    case 'boolValue':
      return value.boolValue ?? false
    case 'listValue':
      return (value.listValue?.values ?? []).map(fromWireValue)
    case 'structValue': {
      const fields = Object.entries(value.structValue?.fields ?? {})
      return Object.fromEntries(fields.map(([name, of]) => [name, fromWireValue(of)]))
    }
    default:
      return null
  }
}

// Array.isArray does not narrow readonly arrays.
const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
