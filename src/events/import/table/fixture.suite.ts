import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let root: string | undefined
let folderCount = 0

/** Writes files into a folder of their own, which goes when the test process ends. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = join(rootFolder(), String(++folderCount))
  mkdirSync(folder)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

/** Writes one file and returns its path. */
export function fileOf(name: string, content: string | Uint8Array): string {
  return join(folderOf({ [name]: content }), name)
}

function rootFolder(): string {
  if (root !== undefined) return root
  const made = mkdtempSync(join(tmpdir(), 'starling-import-'))
  process.once('exit', () => rmSync(made, { recursive: true, force: true }))
  root = made
  return made
}
