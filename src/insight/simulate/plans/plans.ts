import type { WorldPlan } from '../world/plan.ts'
import { fans } from './fans.ts'
import { movies } from './movies.ts'
import { news } from './news.ts'
import { video } from './video.ts'

/** The worlds that come with the house, by name. */
export const plans: ReadonlyMap<string, WorldPlan> = new Map(
  [movies, news, video, fans].map((plan) => [plan.name, plan] as const),
)
