import type { Engine } from '../engine/engine.ts'
import { found } from './found.ts'
import type { Handlers } from './handler.ts'

type StreamNames =
  | 'userProfile'
  | 'userQueue'
  | 'listSets'
  | 'getSet'
  | 'itemStanding'
  | 'listGrants'
  | 'listStreams'
  | 'describeLake'
  | 'queryLake'
  | 'describeMetrics'
  | 'queryMetrics'
  | 'sourceReport'

/** What follows the log, and what came of it. */
export function streamHandlers(engine: Engine): Pick<Handlers, StreamNames> {
  return {
    userProfile: ({ id, at, ...request }) =>
      engine.profile({ user: id, ...request, ...(at !== undefined && { at: Date.parse(at) }) }),
    userQueue: ({ id, ...request }) => engine.waiting({ user: id, ...request }),
    listSets: async () => ({ sets: await engine.candidateSets() }),
    getSet: (request) => engine.candidateSet(request),
    itemStanding: async ({ id }) =>
      found(await engine.itemStanding(id), 'id', `no item ${id} is known`),
    listGrants: async () => ({ grants: await engine.grants() }),
    listStreams: async () => ({ streams: await engine.streams() }),
    describeLake: () => engine.describeLake(),
    queryLake: (request, caller) => engine.queryLake({ ...request, signal: caller.signal }),
    describeMetrics: () => engine.describeMetrics(),
    queryMetrics: ({ from, to, ...request }) =>
      engine.queryMetrics({
        ...request,
        ...(from !== undefined && { from: Date.parse(from) }),
        ...(to !== undefined && { to: Date.parse(to) }),
      }),
    sourceReport: (request) => engine.sourceReport(request),
  }
}
