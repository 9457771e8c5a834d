/** What an embedding program may import, by name. Everything else may change without notice. */

export { createEngine } from './engine/create-engine.ts'
export type {
  BatchesRequest,
  BatchStamp,
  Engine,
  EngineStatus,
  EraseReceipt,
  Explanation,
  Fate,
  FeedRequest,
  ItemExplanation,
  ItemView,
  ModelView,
  OlderRequest,
  Page,
  PageItem,
  ParameterView,
  PastAction,
  Rejection,
  SceneView,
  SimilarRequest,
  StageView,
  Tracked,
  TrainingReport,
  UserExport,
  UserView,
} from './engine/engine.ts'
export { engineFeed, freshEngineFeed } from './engine/engine-feed.ts'
export type { OpenEngine } from './engine/engine-of.ts'
export type { EngineOptions } from './engine/engine-options.ts'
export type { Home } from './engine/home.ts'
export type { Recipes } from './engine/recipes/recipes.ts'
export { type DeclaredAttributes, defaultAttributes } from './engine/recipes/residents.ts'
export { defaultScenes } from './engine/recipes/scenes.ts'
export type { OwnStages, StageMakers } from './engine/recipes/stages.ts'
export type { LearnSettings } from './engine/training/learn.ts'
export type {
  Found,
  ItemList,
  ListedItem,
  ListRequest,
  SearchRequest,
} from './engine/views/browsing.ts'
export type {
  MetricsAnswer,
  MetricsRequest,
  MetricsView,
  SourceReport,
  SourceReportRequest,
} from './engine/views/metrics.ts'
export type {
  FanView,
  ItemOverview,
  ItemOverviewRequest,
  ItemStatistics,
  UserOverview,
  UserOverviewRequest,
} from './engine/views/overviews.ts'
export { type ErrorCode, StarlingError } from './error.ts'
export {
  type Clock,
  type ManualClock,
  manualClock,
  systemClock,
  type Timestamp,
} from './events/clock.ts'
export type {
  Action,
  ActionEvent,
  Attributes,
  AttributeType,
  AttributeValue,
  BatchId,
  Delivery,
  EraseEvent,
  Event,
  EventId,
  ItemEvent,
  ItemId,
  ItemRecord,
  Json,
  MergeEvent,
  OfferedEvent,
  ParameterEvent,
  QueueEntry,
  RequestId,
  ServedEvent,
  Shown,
  UserEvent,
  UserId,
  WithdrawEvent,
} from './events/event.ts'
export type { CustomQuery, Placed } from './feed/custom.ts'
export type { Scene } from './feed/delivery/scene.ts'
export type { Candidates, Mask, Order, Recalled, Row } from './feed/pipeline/candidates.ts'
export type { Filter } from './feed/pipeline/filter.ts'
export type { Mixer } from './feed/pipeline/mixer.ts'
export type { Query } from './feed/pipeline/query.ts'
export type { Quota, Recipe } from './feed/pipeline/recipe.ts'
export type { Scorer } from './feed/pipeline/scorer.ts'
export type { Source } from './feed/pipeline/source.ts'
export type {
  Deed,
  Feed,
  FeedPage,
  ItemRow,
  UserRow,
} from './insight/simulate/feed.ts'
export { ruleFeeds } from './insight/simulate/feeds/rules.ts'
export { plans } from './insight/simulate/plans/plans.ts'
export { htmlOf } from './insight/simulate/report/html.ts'
export type { FeedReport, Report } from './insight/simulate/report/report.ts'
export { svgPlot } from './insight/simulate/report/svg-plot.ts'
export { tableOf } from './insight/simulate/report/table.ts'
export { textPlot } from './insight/simulate/report/text-plot.ts'
export {
  type FeedMaker,
  type SimulateOptions,
  type Stage,
  simulate,
} from './insight/simulate/simulate.ts'
export type { WorldPlan } from './insight/simulate/world/plan.ts'
export type { Meeting, Stay } from './insight/simulate/world/stay.ts'
export { createWorld, type World, type WorldOptions } from './insight/simulate/world/world.ts'
export type { Column, Context, Feature } from './state/features/feature.ts'
