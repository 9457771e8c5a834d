import {
  type handleUnaryCall,
  type ServerWritableStream,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js'
import { loadProto } from './load-proto.ts'

interface Asked {
  readonly service: string
}

export const healthProto = () => loadProto('grpc/health/v1/health.proto', { enums: String })

const lookAgainMs = 1000

/**
 * The standard health service: what load balancers ask. The empty name is the server as a whole.
 * Who watches is let go when the server closes, which would wait for them else.
 */
export function healthMethods(
  services: ReadonlySet<string>,
  ready: () => boolean,
  closing: AbortSignal,
): UntypedServiceImplementation {
  const statusOf = (service: string) => {
    if (service !== '' && !services.has(service)) return undefined
    return ready() ? 'SERVING' : 'NOT_SERVING'
  }
  const check: handleUnaryCall<Asked, { status: string }> = ({ request }, callback) => {
    const known = statusOf(request.service)
    if (known !== undefined) callback(null, { status: known })
    else callback({ code: status.NOT_FOUND, details: 'no such service' })
  }
  const watch = (call: ServerWritableStream<Asked, { status: string }>) => {
    let told: string | undefined
    const tell = () => {
      const now = statusOf(call.request.service) ?? 'SERVICE_UNKNOWN'
      if (now !== told) call.write({ status: now })
      told = now
    }
    tell()
    const timer = setInterval(tell, lookAgainMs).unref()
    const letGo = () => {
      tell()
      call.end()
    }
    closing.addEventListener('abort', letGo)
    call.once('close', () => {
      clearInterval(timer)
      closing.removeEventListener('abort', letGo)
    })
  }
  return { Check: check, Watch: watch }
}
