import type { UntypedServiceImplementation } from '@grpc/grpc-js'
import { operations } from '../../api/service.ts'
import { broken } from '../../error.ts'
import type { Ask } from '../dispatch.ts'
import { loadProto } from './load-proto.ts'
import { type Surroundings, unary } from './unary.ts'
import { fromWire, toWire } from './wire/wire.ts'
import { rpcName } from './wire/wire-name.ts'

/** `oneofs` adds the name of the member that is set. Times and counts fit a number. */
export const starlingProto = () =>
  loadProto('starling/v1/starling.proto', { longs: Number, oneofs: true })

/** The operations over gRPC: the same checks and handlers as HTTP, other spelling. */
export function starlingMethods(
  asks: ReadonlyMap<string, Ask>,
  around: Surroundings,
): UntypedServiceImplementation {
  const methods: UntypedServiceImplementation = {}
  for (const [name, { grpc, input, answer, scope }] of operations) {
    if (grpc === false) continue
    const ask = asks.get(name)
    if (ask === undefined) throw broken(`operation ${name} has no handler`)
    const read = fromWire(input)
    const spell = toWire(answer)
    methods[rpcName(name)] = unary(around, scope, async (request, caller) =>
      spell(await ask(read(request), caller)),
    )
  }
  return methods
}
