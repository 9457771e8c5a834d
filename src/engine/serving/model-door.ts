import { StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import { inTime } from '../../kernel/in-time.ts'
import type { Asked, Signature } from '../../models/serving/servable.ts'
import { notServed, type ServedModels } from '../../models/serving/shelf/served-models.ts'
import type { ModelServing, Predicted } from '../views/model-serving.ts'
import type { PredictCall, PredictLog } from './predict-log.ts'

export interface ModelServingOptions {
  readonly served: ServedModels
  readonly log: PredictLog
  readonly clock: Clock
  readonly newId: () => string
}

/** So long may a call take, what waits before it included. */
const timeoutMs = 10_000

/** Models as they can be asked from outside: each call is counted, and a sample of them logged. */
export function modelServing({ served, log, clock, newId }: ModelServingOptions): ModelServing {
  return {
    servedModels: () => served.list(),

    servedSignature: (model, version) =>
      served.ask(model, version, async ({ signature }, number) => ({
        ...{ model, signature, version: number },
      })),

    async predict({ model, version, read, caller = '', signal }) {
      const startedMs = performance.now()
      const call: { -readonly [Key in keyof PredictCall]?: PredictCall[Key] } = {}
      const request = newId()
      const at = clock.now()
      const note = (): void => {
        const ms = performance.now() - startedMs
        log.note({ ...call, ...{ at, request, caller, model, ms } })
      }
      try {
        const done = await served.ask(model, version, async (servable, number) => {
          call.version = number
          call.signature = servable.signature
          return inTime({ what: 'the model', ms: timeoutMs, signal }, async (late) => {
            const asked = await read(servable.signature)
            call.asked = asked
            const scores = await servable.predict(asked, late)
            call.scores = scores
            return predicted(request, model, number, servable.signature, asked, scores)
          })
        })
        note()
        return done
      } catch (error) {
        const { code, message } = error instanceof StarlingError ? error : unforeseen(error)
        call.failure = { code, message: message.replace(`[${code}] `, '') }
        note()
        throw error
      }
    },
  }
}

function predicted(
  requestId: string,
  model: string,
  version: number,
  signature: Signature,
  { rowCount }: Asked,
  scores: readonly Float32Array[],
): Predicted {
  return { requestId, model, version, signature, rowCount, scores }
}

const unforeseen = (error: unknown): { readonly code: string; readonly message: string } => ({
  code: 'internal',
  message: error instanceof Error ? error.message : String(error),
})

/** For an engine that serves no models. */
export const servesNone: ModelServing = {
  servedModels: () => [],
  servedSignature: async (model, version) => {
    throw notServed(model, version)
  },
  predict: async ({ model, version }) => {
    throw notServed(model, version)
  },
}
