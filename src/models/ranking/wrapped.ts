import { StarlingError } from '../../error.ts'
import type { Json } from '../../events/event.ts'
import type { Artifact, ArtifactHeader } from '../model.ts'

/** A model around another: its own header and bytes, and the whole of the other one's. */
export function wrappedArtifact(
  header: ArtifactHeader,
  own: Uint8Array,
  inner: Artifact,
): Artifact {
  const weights = new Uint8Array(own.length + inner.weights.length)
  weights.set(own)
  weights.set(inner.weights, own.length)
  return { header: { ...header, ownBytes: own.length, inner: { ...inner.header } }, weights }
}

/**
 * Throws `failed_precondition` for another kind, and `data_loss` where there is none inside.
 */
export function unwrapped(
  { header, weights }: Artifact,
  kind: string,
): { readonly own: Artifact; readonly inner: Artifact } {
  if (header.kind !== kind) {
    const message = `a model of kind "${header.kind}" was given where "${kind}" is loaded`
    throw new StarlingError('failed_precondition', message)
  }
  const { ownBytes, inner } = header as Record<string, Json | undefined>
  if (!isHeader(inner) || typeof ownBytes !== 'number' || !(ownBytes <= weights.length)) {
    const message = `saved model of kind "${kind}": there is no other inside`
    throw new StarlingError('data_loss', message)
  }
  return {
    own: { header, weights: weights.subarray(0, ownBytes) },
    inner: { header: inner, weights: weights.subarray(ownBytes) },
  }
}

function isHeader(value: Json | undefined): value is ArtifactHeader {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject && typeof (value as Record<string, unknown>)['kind'] === 'string'
}
