import { type handleUnaryCall, Metadata, type StatusObject } from '@grpc/grpc-js'
import { errorCodes } from '../../api/error-codes.ts'
import type { Scope } from '../../api/operation.ts'
import type { Guard } from '../access/guard.ts'
import { asStarlingError, mustReport, type Report } from '../failure.ts'
import type { Caller } from '../handler.ts'
import type { Metrics } from '../metrics.ts'

/** What every gRPC method needs around it. */
export interface Surroundings {
  readonly guard: Guard
  readonly metrics: Metrics
  readonly report: Report
}

/** What a method may know of a call beside its request. */
export interface CallFacts extends Caller {
  readonly metadata: Metadata
  /** Address and port of the other end. */
  readonly peer: string
}

type Run = (request: unknown, facts: CallFacts) => Promise<unknown>

/** A unary method: guarded, counted, its errors told in gRPC's words. */
export function unary(
  { guard, metrics, report }: Surroundings,
  scope: Scope,
  run: Run,
): handleUnaryCall<unknown, unknown> {
  return (call, callback) => {
    const startedAt = performance.now()
    const finish = (status: string) =>
      metrics.requested(call.getPath(), status, performance.now() - startedAt)
    const answer = async () => {
      const name = guard(credentialsOf(call.metadata), scope)
      const cancelled = new AbortController()
      call.once('cancelled', () => cancelled.abort())
      const { signal } = cancelled
      return run(call.request, { name, signal, metadata: call.metadata, peer: call.getPeer() })
    }
    answer().then(
      (value) => {
        finish('ok')
        callback(null, value)
      },
      (thrown) => {
        const error = asStarlingError(thrown)
        if (mustReport(error)) report(thrown)
        finish(error.code)
        callback(statusOf(thrown))
      },
    )
  }
}

function credentialsOf(metadata: Metadata) {
  return {
    authorization: textOf(metadata, 'authorization'),
    apiKey: textOf(metadata, 'x-api-key'),
  }
}

/** The first value of a metadata key. */
export function textOf(metadata: Metadata, key: string): string | undefined {
  return metadata.get(key)[0]?.toString()
}

/** The error as a status; the trailers `starling-code` and `starling-field` say what JSON says. */
function statusOf(thrown: unknown): StatusObject {
  const { code, message, field } = asStarlingError(thrown)
  const metadata = new Metadata()
  metadata.set('starling-code', code)
  // Trailers hold ASCII only, and a field may be a name that the caller made up.
  if (field !== undefined) metadata.set('starling-field', encodeURI(field))
  return { code: errorCodes[code].grpc, details: message, metadata }
}
