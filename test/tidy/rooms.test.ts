import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { filesUnder, importsOf, type SourceFile, ships } from './tree.ts'

/** A room imports from rooms before it, and from none behind it. */
const order = [
  'kernel',
  'events',
  'lake',
  'state',
  'models',
  'feed',
  'insight',
  'engine',
  'api',
  'server',
  'cli',
]

/** Inside feed/: stages stand on the pipeline and never on each other. */
const stages = ['recall', 'filter', 'rank', 'mix']

/** Pure declarations that a browser may load. */
const words: ReadonlySet<string> = new Set(['src/events/event.ts', 'src/events/signals.ts'])

const sources = filesUnder('src', /\.ts$/).filter(ships)

function roomOf(path: string): string {
  return path.split('/')[1]!
}

function faults(of: (file: SourceFile, imported: string) => string | undefined): readonly string[] {
  return sources.flatMap((file) => importsOf(file).flatMap((path) => of(file, path) ?? []))
}

describe('rooms', () => {
  it('import from rooms to their left only', () => {
    const found = faults(({ path }, imported) => {
      const [from, to] = [roomOf(path), roomOf(imported)]
      if (from === to || to === 'error.ts' || from === 'index.ts') return undefined
      // What the server computes on the device as well is pure: arithmetic, and what actions mean.
      if (from === 'client') {
        const pure = to === 'api' || to === 'kernel' || words.has(imported)
        return pure ? undefined : `${path} imports ${imported}`
      }
      // The API is described for browsers too: nothing but the words may come with it.
      if (from === 'api') return words.has(imported) ? undefined : `${path} imports ${imported}`
      return order.indexOf(to) >= 0 && order.indexOf(to) < order.indexOf(from)
        ? undefined
        : `${path} imports ${imported}`
    })
    assert.deepEqual(found, [])
  })

  it('keep the stages of a feed apart', () => {
    const found = faults(({ path }, imported) => {
      const [from, to] = [path.split('/'), imported.split('/')]
      const crossed = from[1] === 'feed' && to[1] === 'feed' && from[2] !== to[2]
      return crossed && stages.includes(from[2]!) && stages.includes(to[2]!)
        ? `${path} imports ${imported}`
        : undefined
    })
    assert.deepEqual(found, [])
  })

  it('hold no circle of imports', () => {
    const edges = new Map(sources.map((file) => [file.path, importsOf(file)] as const))
    const done = new Set<string>()
    const circles: string[] = []
    const walk = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) {
        circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
        return
      }
      if (done.has(path)) return
      for (const next of edges.get(path) ?? []) walk(next, [...trail, path])
      done.add(path)
    }
    for (const path of edges.keys()) walk(path, [])
    assert.deepEqual(circles, [])
  })

  it('import only files that exist', () => {
    const paths = new Set(filesUnder('src', /\.ts$/).map(({ path }) => path))
    assert.deepEqual(
      faults(({ path }, imported) =>
        paths.has(imported) ? undefined : `${path} imports ${imported}`,
      ),
      [],
    )
  })
})
