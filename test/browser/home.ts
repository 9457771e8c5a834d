import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A state folder that nobody else has, for as long as a test runs. */
export function temporaryHome() {
  const folder = mkdtemp(join(tmpdir(), 'starling-browser-'))
  return {
    folder,
    remove: async () => rm(await folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}
