import type { Operation } from './operation.ts'
import * as catalogue from './operations/catalogue.ts'
import * as control from './operations/control.ts'
import { track } from './operations/events.ts'
import { explain, whyNot } from './operations/explanations.ts'
import { feed, similar } from './operations/feeds.ts'
import { deleteItem, getItem, putItem, putItems } from './operations/items.ts'
import * as overviews from './operations/overviews.ts'
import { shelves } from './operations/shelves.ts'
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
  explain,
  whyNot,
  ...control,
} as const

export type Service = typeof service
export type OperationName = keyof Service

/** The operations with their names, in the order of their description. */
export const operations: readonly (readonly [OperationName, Operation])[] = Object.entries(
  service,
) as [OperationName, Operation][] // Object.entries forgets the names.
