import { StarlingError } from '../../../../error.ts'
import type { Json } from '../../../../events/event.ts'
import type { DeclaredSet } from '../declaration.ts'
import { checksumOf, type Encoding, encodingOf } from './encoding.ts'
import type { Learned } from './learned.ts'

/** Under which name an encoding stands in a model's header. */
export const encodingEntry = 'encoding'

/** An encoding as a model's header holds it: the declaration, what was learned, the checksum. */
export function savedEncoding({ set, learned, checksum }: Encoding): Json {
  // Plain data, as it was declared and learned.
  return { set, learned, checksum } as unknown as Json
}

/** The artifact with the encoding that its model was trained by. */
export function withEncoding<Saved extends { readonly header: object }>(
  artifact: Saved,
  encoding: Encoding,
): Saved {
  return { ...artifact, header: { ...artifact.header, [encodingEntry]: savedEncoding(encoding) } }
}

/**
 * The encoding that a model was made for; `undefined` where its header holds none. Throws
 * `data_loss` where it is not what was saved.
 */
export function loadedEncoding(header: {
  readonly kind: string
  readonly [entry: string]: Json
}): Encoding | undefined {
  const saved = header[encodingEntry] as
    | undefined
    | { readonly set?: unknown; readonly learned?: unknown; readonly checksum?: unknown }
  if (saved === undefined) return undefined
  const damaged = (why: string, cause?: unknown): StarlingError =>
    new StarlingError(
      'data_loss',
      `saved model of kind "${header.kind}": header entry "${encodingEntry}" ${why}`,
      { cause },
    )
  const { set, learned, checksum } = saved ?? {}
  if (checksumOf({ set, learned }) !== checksum) throw damaged('does not match its checksum')
  try {
    // The checksum says that these are the bytes of an encoding that was saved.
    return encodingOf(set as DeclaredSet, learned as Learned)
  } catch (cause) {
    throw damaged('is none that this version can read', cause)
  }
}
