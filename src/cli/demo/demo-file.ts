import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '../../engine/home.ts'

/** Which demo a state folder holds, and how far its past has been lived. */
export interface DemoFile {
  readonly demo: string
  /** The midnight at which its first season began. */
  readonly firstDay: number
  readonly livedUntil: number
  /** Is all of its past lived, and something learned from it? */
  readonly whole: boolean
}

const name = 'demo.json'

/** Undefined where a folder holds no demo of a simulated world. */
export async function readDemoFile(folder: string): Promise<DemoFile | undefined> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as DemoFile) // As it is written below.
}

export function writeDemoFile(folder: string, file: DemoFile): Promise<void> {
  return writeWhole(join(folder, name), JSON.stringify(file))
}
