import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Entry } from './entry.ts'

const root = resolve(import.meta.dirname, '../../..')

const evaluation = 'src/models/evaluation'

/**
 * What reads, cuts and judges is part of every row: no more than what this one went through, so
 * that another protocol can be mended without hours of work.
 */
const judging = (format: string): readonly string[] => [
  ...['answers', 'held-out', 'judge-asked', 'question', format].map(
    (name) => `${evaluation}/protocols/${name}.ts`,
  ),
  ...['interval-of', 'pooled', 'ranked-list', 'tied-rank'].map(
    (name) => `${evaluation}/${name}.ts`,
  ),
  ...[`${evaluation}/formats`, 'src/kernel/random.ts'],
]

/** Keys of rows; files are read once. */
export interface RowKeys {
  of(entry: Entry, folder: string): Promise<string>
}

export function rowKeys(): RowKeys {
  const hashes = new Map<string, Promise<string>>()
  const hashOf = (path: string, isTold: (file: string) => boolean): Promise<string> => {
    let hash = hashes.get(path)
    if (hash === undefined) hashes.set(path, (hash = contentOf(path, isTold)))
    return hash
  }
  return {
    async of({ set, model, settings, code }, folder) {
      const paths = [...new Set([...judging(set.protocol.format), ...code])].sort()
      const codes = paths.map((path) => hashOf(join(root, path), isCode))
      const files = set.files(folder).flatMap((part) => Object.values(part) as string[])
      const data = [...new Set(files)].sort().map((file) => hashOf(file, () => true))
      const parts = [set.name, set.k ?? null, model, sorted(settings), paths]
      return sha256(JSON.stringify([parts, await Promise.all(codes), await Promise.all(data)]))
    },
  }
}

/** Of the content of files and folders, named from the root of the project. */
export async function contentKey(paths: readonly string[]): Promise<string> {
  const hashes = paths.map((path) => contentOf(resolve(root, path), isCode))
  return sha256(JSON.stringify(await Promise.all(hashes)))
}

/** Tests don't change what a row says. */
function isCode(file: string): boolean {
  return !/\.(test|fuzz|suite)\.ts$/.test(file) && !file.endsWith('.md')
}

async function contentOf(path: string, isTold: (file: string) => boolean): Promise<string> {
  const found = await stat(path).catch(() => {
    throw new Error(`${relative(root, path)} is named by an entry, and is not there`)
  })
  if (!found.isDirectory()) return sha256(await readFile(path))
  const names = (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((each) => each.isFile() && isTold(each.name))
    .map((each) => join(each.parentPath, each.name))
    .sort()
  const each = names.map(async (file) => [
    relative(path, file).replaceAll('\\', '/'),
    sha256(await readFile(file)),
  ])
  return sha256(JSON.stringify(await Promise.all(each)))
}

function sorted(settings: object): unknown {
  return Object.entries(settings).sort(([one], [other]) => (one < other ? -1 : 1))
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 32)
}

/** Where a module lies, for a child process. */
export const moduleAt = (name: string): URL => pathToFileURL(join(import.meta.dirname, name))
