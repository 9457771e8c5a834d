import type { Context } from '../../feature.ts'
import type { NameSource, NumberSource } from './source.ts'
import { type NameReader, type NumberReader, nothingNeeded } from './source-reader.ts'

type Of<From extends (NumberSource | NameSource)['from']> = Extract<
  NumberSource | NameSource,
  { readonly from: From }
>

const shared = { count: 1, isShared: true, isOfRecord: false, needs: nothingNeeded } as const

const hourMs = 3_600_000
const dayMs = 24 * hourMs

export function requestTime({ part }: Of<'request-time'>): NumberReader {
  return {
    ...{ ...shared, gives: 'numbers' },
    read({ at }, _rows, _known, out) {
      // The first day of 1970 was a Thursday, which is 3 days after Monday.
      out[0] = part === 'hour' ? Math.floor(at / hourMs) % 24 : (Math.floor(at / dayMs) + 3) % 7
    },
  }
}

export function requestPart({ part }: Of<'request'>): NameReader {
  return named((context) => context[part])
}

export function requestField({ field }: Of<'request-field'>): NameReader {
  return named(({ fields }) => (Object.hasOwn(fields, field) ? fields[field]! : ''))
}

function named(of: (context: Context) => string): NameReader {
  return {
    ...{ ...shared, gives: 'names' },
    read(context, _rows, _known, out) {
      out[0] = of(context)
    },
  }
}
