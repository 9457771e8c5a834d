import { createEngine } from '../../src/engine/create-engine.ts'
import type { OpenEngine } from '../../src/engine/engine-of.ts'
import type { EngineOptions } from '../../src/engine/engine-options.ts'
import { manualClock } from '../../src/events/clock.ts'
import { batched, deedEvents, endsAt, itemEvents, type Size } from './catalogue.ts'

/** An engine over a made-up catalogue that is used: a real folder, the real doors. */
export async function openPrepared(
  folder: string,
  size: Size,
  options: Partial<EngineOptions> = {},
): Promise<OpenEngine> {
  const engine = await createEngine({
    folder,
    seed: 'bench',
    retrain: false,
    clock: manualClock(endsAt),
    ...options,
  })
  if (engine.status().events > 0) return engine
  for (const events of batched(itemEvents(size))) await engine.record(events)
  for (const events of batched(deedEvents(size))) await engine.record(events)
  return engine
}
