import { randomBytes } from 'node:crypto'
import { systemClock } from '../events/clock.ts'
import { type Random, seededRandom } from '../kernel/random.ts'
import { engineOf, type OpenEngine } from './engine-of.ts'
import type { EngineOptions } from './engine-options.ts'
import { type Held, held } from './held.ts'
import { openHome } from './home.ts'
import { openParts } from './parts.ts'

/**
 * Opens an engine in a folder: as it was left, or empty. Rejects with `failed_precondition` where
 * the folder cannot be written, or another engine holds it.
 */
export async function createEngine(options: EngineOptions): Promise<OpenEngine> {
  const home = await openHome(options.folder)
  const resources: Held = held()
  try {
    const random: Random = seededRandom(options.seed ?? randomBytes(16).toString('hex'))
    const parts = await openParts(
      {
        clock: systemClock,
        onProgress: () => undefined,
        onTrouble: () => undefined,
        ...options,
      },
      { home, random, resources },
    )
    return engineOf(parts)
  } catch (error) {
    await resources[Symbol.asyncDispose]()
    throw error
  }
}
