import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine } from '../../src/engine/create-engine.ts'
import type { OpenEngine } from '../../src/engine/engine-of.ts'
import type { EngineOptions } from '../../src/engine/engine-options.ts'
import { type ManualClock, manualClock } from '../../src/events/clock.ts'

/** An engine that can lose its memory at any moment between two answers. */
export interface CrashingHouse extends AsyncDisposable {
  readonly engine: OpenEngine
  readonly clock: ManualClock
  readonly folder: string
  /**
   * Goes on in a copy of the folder that holds all that was acknowledged: the log as it is, and of
   * the state what an earlier checkpoint held, or nothing.
   */
  crash(keepsState: boolean): Promise<void>
  /** Closes in peace, and opens again. */
  reopen(): Promise<void>
}

const startsAt = Date.UTC(2026, 0, 1, 12)

export async function openHouse(
  seed: string,
  options: Partial<EngineOptions> = {},
): Promise<CrashingHouse> {
  const root = await mkdtemp(join(tmpdir(), 'starling-simulation-'))
  const clock = manualClock(startsAt)
  let opened = 0
  let folder = join(root, '0')
  const open = async (): Promise<OpenEngine> => {
    opened++
    // The state as it is before the engine opens: what a later crash may throw it back to.
    const before = join(root, 'state-before')
    await rm(before, { recursive: true, force: true })
    await copy(join(folder, 'state'), before)
    return createEngine({ folder, clock, seed: `${seed}/${opened}`, retrain: false, ...options })
  }
  let engine = await open()

  return {
    clock,
    get engine() {
      return engine
    },
    get folder() {
      return folder
    },

    async crash(keepsState) {
      const next = join(root, String(opened))
      // The lock is that of a process which still lives.
      const lost = (path: string) => path.endsWith('.lock') || path === join(folder, 'state')
      await cp(folder, next, { recursive: true, filter: (path) => !lost(path) })
      if (keepsState) await copy(join(root, 'state-before'), join(next, 'state'))
      await engine[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
      folder = next
      engine = await open()
    },

    async reopen() {
      await engine[Symbol.asyncDispose]()
      engine = await open()
    },

    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]()
      await rm(root, { recursive: true, force: true })
    },
  }
}

async function copy(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  })
}
