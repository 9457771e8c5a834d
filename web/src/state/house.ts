import { type ReadonlySignal, signal } from '@preact/signals'
import type { Client } from '../../../src/client/client.ts'
import type { Scenes, Status } from './api.ts'

/** What the server tells of itself. */
export interface House {
  /** Undefined until it told, or where it does not. */
  readonly status: ReadonlySignal<Status | undefined>
  readonly scenes: ReadonlySignal<Scenes>
  /** Resolves when it told, or did not. */
  readonly told: Promise<void>
}

export function createHouse(client: Client): House {
  const status = signal<Status | undefined>(undefined)
  const scenes = signal<Scenes>([])
  const load = async (): Promise<void> => {
    // The feed works without either, and says itself when the server is gone.
    const [told, list] = await Promise.allSettled([client.status({}), client.listScenes({})])
    if (told.status === 'fulfilled') status.value = told.value
    if (list.status === 'fulfilled') scenes.value = list.value.scenes
  }
  return { status, scenes, told: load() }
}
