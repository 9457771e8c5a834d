import { Server } from '@grpc/grpc-js'
import type { Engine } from '../../engine/engine.ts'
import type { Ask } from '../dispatch.ts'
import { bodyLimitBytes } from '../http/errors.ts'
import { healthMethods, healthProto } from './health.ts'
import { serviceOf } from './load-proto.ts'
import { addReflection } from './reflection.ts'
import { starlingMethods, starlingProto } from './starling-service.ts'
import type { Surroundings } from './unary.ts'
import { userRecoMethods, userRecoProto } from './user-reco.ts'

export interface GrpcParts extends Surroundings {
  readonly asks: ReadonlyMap<string, Ask>
  readonly engine: Engine
  readonly ready: () => boolean
  /** Aborted when the server begins to close. */
  readonly closing: AbortSignal
}

/** The service over gRPC, with the older contract, health and reflection. It does not listen. */
export function grpcServer({ asks, engine, ready, closing, ...around }: GrpcParts): Server {
  const server = new Server({ 'grpc.max_receive_message_length': bodyLimitBytes })
  const [ours, older, health] = [starlingProto(), userRecoProto(), healthProto()]
  const names = ['starling.v1.Starling', 'UserRecommend'] as const
  server.addService(serviceOf(ours, names[0]), starlingMethods(asks, around))
  server.addService(serviceOf(older, names[1]), userRecoMethods(engine, around))
  server.addService(
    serviceOf(health, 'grpc.health.v1.Health'),
    healthMethods(new Set(names), ready, closing),
  )
  addReflection(server, [ours, older, health])
  return server
}
