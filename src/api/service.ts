import type { Operation } from './operation.ts'
import * as catalogue from './operations/catalogue.ts'
import * as control from './operations/control.ts'
import { track } from './operations/events.ts'
import { explain, whyNot } from './operations/explanations.ts'
import { feed, similar } from './operations/feeds.ts'
import { deleteItem, getItem, putItem, putItems } from './operations/items.ts'
import * as overviews from './operations/overviews.ts'
import * as parameters from './operations/parameters.ts'
import { shelves } from './operations/shelves.ts'
import * as candidateSets from './operations/stream/candidate-sets.ts'
import * as jobs from './operations/stream/jobs.ts'
import * as lake from './operations/stream/lake.ts'
import * as metrics from './operations/stream/metrics.ts'
import * as nearline from './operations/stream/nearline.ts'
import * as profiles from './operations/stream/profiles.ts'
import * as releases from './operations/stream/releases.ts'
import * as streams from './operations/stream/streams.ts'
import * as users from './operations/users.ts'

/** The service, described once: routes, OpenAPI, gRPC methods and the client derive from it. */
export const service = {
  feed,
  similar,
  shelves,
  track,
  putItem,
  getItem,
  deleteItem,
  putItems,
  ...catalogue,
  ...overviews,
  ...users,
  ...profiles,
  explain,
  whyNot,
  ...parameters,
  ...control,
  ...jobs,
  ...releases,
  ...candidateSets,
  ...nearline,
  ...streams,
  ...lake,
  ...metrics,
} as const

export type Service = typeof service
export type OperationName = keyof Service

/** The operations with their names, in the order of their description. */
export const operations: readonly (readonly [OperationName, Operation])[] = Object.entries(
  service,
) as [OperationName, Operation][] // Object.entries forgets the names.
