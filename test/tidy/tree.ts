import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** The files of the project as git sees them: tracked, or new and not ignored. */
export const root = resolve(import.meta.dirname, '../..')

export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly lines: readonly string[]
}

export function filesUnder(folder: string, ending: RegExp): readonly SourceFile[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '--', folder],
    { cwd: root, encoding: 'utf8' },
  )
  return listed
    .split('\n')
    .filter((path) => ending.test(path) && existsSync(join(root, path)))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      return { path, text, lines: text.replace(/\n$/, '').split('\n') }
    })
}

/** Tests, suites and fuzzes may look anywhere; what ships may not. */
export function ships({ path }: SourceFile): boolean {
  return !/\.(test|suite|fuzz)\.ts$/.test(path)
}

/** The project's own files that a file imports, types included, as paths from the root. */
export function importsOf(file: SourceFile): readonly string[] {
  const found = file.text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)
  return [...found].map(([, name]) =>
    relative(root, resolve(root, dirname(file.path), name!)).replaceAll('\\', '/'),
  )
}
