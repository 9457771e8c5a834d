import type { Offset } from '../../../../events/log/event-log.ts'
import type { IalsModel } from '../../../../models/als/ials-model.ts'
import type { Likes } from '../../likes.ts'
import { type Judged, judged, type Serving } from './judged.ts'
import { recallDataOf } from './recall-data.ts'

export interface FactorsGateOptions {
  readonly likes: Likes
  readonly seed: number | string
  /** The version that serves. */
  readonly serving?: Serving
  /** Factors of the likes before a place of the log. */
  readonly fit: (before: Offset) => Promise<IalsModel>
}

/**
 * Do factors earn their place? Those of the earlier part of the log are asked for what people liked
 * in the later one, beside the order by popularity and the factors that serve, as all models that
 * recall are.
 *
 * Where it cannot be told, the serving ones stay. Where none serve yet the first do, unless they
 * are worse than popularity beyond chance: they are one source among others, which a ranker weighs,
 * and a young site would otherwise go by popularity alone, and learn of nobody's taste.
 */
export async function judgeFactors({
  likes,
  seed,
  serving,
  fit,
}: FactorsGateOptions): Promise<Judged> {
  const data = recallDataOf(likes, { texts: [] }, serving?.through)
  const told = await judged(await fit(data.cut), data, seed, serving)
  if (told.isBetter || serving !== undefined || told.metrics['lead over popularity high']! < 0) {
    return told
  }
  return { ...told, isBetter: true, verdict: `${told.verdict}; it serves, since none do yet` }
}
