import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CpuProfile } from './profiler.ts'

export interface HotSpot {
  readonly name: string
  /** Shares of the time that the thread was busy, in [0, 1]: in it, and in all that it called. */
  readonly self: number
  readonly total: number
}

type Node = CpuProfile['nodes'][number]

const notBusy = new Set(['(idle)', '(program)', '(root)'])

const root = resolve(import.meta.dirname, '../..')

/** Functions by the time spent in them. A function that calls itself counts once. */
function hotSpots(profile: CpuProfile): readonly HotSpot[] {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const parents = new Map<number, number>()
  for (const { id, children = [] } of profile.nodes) {
    for (const child of children) parents.set(child, id)
  }
  const [self, total] = [new Map<string, number>(), new Map<string, number>()]
  let busyUs = 0
  const [samples, deltas] = [profile.samples ?? [], profile.timeDeltas ?? []]
  for (const [index, id] of samples.entries()) {
    // The time up to the next sample belongs to this one.
    const tookUs = deltas[index + 1] ?? 0
    const node = nodes.get(id)!
    if (notBusy.has(node.callFrame.functionName)) continue
    busyUs += tookUs
    add(self, nameOf(node), tookUs)
    const names = new Set<string>()
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      names.add(nameOf(nodes.get(at)!))
    }
    for (const name of names) add(total, name, tookUs)
  }
  return [...total]
    .filter(([name]) => !name.startsWith('(root)'))
    .map(([name, us]) => ({ name, self: (self.get(name) ?? 0) / busyUs, total: us / busyUs }))
}

/** The most expensive ones as two tables: by what they do themselves, and with all they call. */
export function hotSpotsDescribed(profile: CpuProfile, count: number): string {
  const spots = hotSpots(profile)
  const by = (key: 'self' | 'total'): readonly string[] =>
    [...spots]
      .sort((a, b) => b[key] - a[key])
      .slice(0, count)
      .map(({ name, self, total }) => `${percent(self)}  ${percent(total)}  ${name}`)
  const head = '   self     with all it calls'
  return [
    ...[idleness(profile), '', 'most time in itself', head, ...by('self')],
    ...['', 'most time with all that it calls', head, ...by('total')],
  ].join('\n')
}

/** How much of the time the thread had something to do at all. */
function idleness({ nodes, samples = [] }: CpuProfile): string {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.functionName]))
  const shareOf = (name: string): string =>
    percent(samples.filter((id) => names.get(id) === name).length / samples.length).trim()
  const native = shareOf('(program)')
  return `main thread: idle ${shareOf('(idle)')}, in native code ${native}; shares of the rest:`
}

function add(sums: Map<string, number>, name: string, us: number): void {
  sums.set(name, (sums.get(name) ?? 0) + us)
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1).padStart(5)} %`
}

function nameOf({ callFrame }: Node): string {
  const { functionName, url, lineNumber } = callFrame
  const name = functionName === '' ? '(anonymous)' : functionName
  if (url === '') return name
  const path = url.startsWith('file:') ? relative(root, fileURLToPath(url)) : url
  return `${name}  ${path.replace(/^.*node_modules\//, '')}:${lineNumber + 1}`
}
