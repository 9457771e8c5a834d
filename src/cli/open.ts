import { createEngine } from '../engine/create-engine.ts'
import type { OpenEngine } from '../engine/engine-of.ts'
import type { EngineOptions } from '../engine/engine-options.ts'
import type { Call } from './command.ts'
import { folderOf } from './options/folder.ts'

/** The engine of the state folder, telling the terminal what takes long and what goes wrong. */
export function openEngine(
  { values, terminal }: Pick<Call, 'values' | 'terminal'>,
  options: Partial<EngineOptions> = {},
): Promise<OpenEngine> {
  return createEngine({
    folder: folderOf(values),
    onProgress: terminal.progress,
    onTrouble: (what, error) =>
      terminal.tell(`trouble: ${what}: ${error instanceof Error ? error.message : String(error)}`),
    ...options,
  })
}
