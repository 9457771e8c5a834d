/** Numbers of what happened, by whatever they are asked for. */
export type { Metrics } from '../../insight/metrics/metrics.ts'
export type {
  MetricsAnswer,
  MetricsFilter,
  MetricsRequest,
  MetricsRow,
  MetricsView,
} from '../../insight/metrics/question.ts'
export type {
  SourceReport,
  SourceReportRequest,
  SourceShare,
  SourceWeek,
} from '../../insight/metrics/source-report.ts'
