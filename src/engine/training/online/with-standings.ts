import type { ModelView } from '../../engine.ts'
import type { KeptUp } from './keeping-up.ts'

/** Says of models that are kept up by the minute how far they have come, and how well. */
export function withStandings(
  models: readonly ModelView[],
  standings: readonly KeptUp[],
): readonly ModelView[] {
  return models.map((model) => {
    const own = standings.find(
      ({ name, version }) => name === model.name && String(version) === model.version,
    )
    if (own === undefined) return model
    const { through, judged } = own
    return {
      ...model,
      through,
      metrics: {
        ...model.metrics,
        ...(own.rowCount !== undefined && { 'online-rows': own.rowCount }),
        ...(own.correctionCount !== undefined && { 'online-corrections': own.correctionCount }),
        ...(own.missingCount !== undefined && { 'online-rows-without-features': own.missingCount }),
        ...(own.resetCount !== undefined && { 'online-resets': own.resetCount }),
        ...(judged && { 'online-logloss': judged.online, 'version-logloss': judged.stale }),
        ...(judged?.onlineAuc !== undefined && { 'online-auc': judged.onlineAuc }),
        ...(judged?.staleAuc !== undefined && { 'version-auc': judged.staleAuc }),
      },
      ...(own.resetAt !== undefined && {
        note: `did worse than its version at ${own.resetAt}, and began anew from there`,
      }),
    }
  })
}
