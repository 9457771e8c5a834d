/** What a page or a program may import as `starling/client`, by name. It runs in any browser. */

export { type ErrorCode, StarlingError } from '../error.ts'
export { type AskOptions, type Client, type ClientOptions, createClient } from './client.ts'
export {
  createReranker,
  type Rankable,
  type RankablePage,
  type Reordering,
  type Reranker,
} from './rerank/reranker.ts'
export type { Deed, PageVectors } from './rerank/session-taste.ts'
export { browserPlatform } from './tracker/browser-platform.ts'
export type { Happening, Platform, TextStorage } from './tracker/platform.ts'
export {
  createTracker,
  type Fate,
  type OnPage,
  type Report,
  type Tracker,
  type TrackerOptions,
  type TrackerStatus,
} from './tracker/tracker.ts'
