import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '../../src/engine/engine.ts'
import type { Figure } from '../harness/figure.ts'
import { memoryOf } from '../harness/memory.ts'
import { type Starling, type StartOptions, startStarling } from '../harness/starling.ts'
import type { Run, Target } from '../harness/target.ts'

const execute = promisify(execFile)

/** What `npm start` runs, without npm between us and the process that is measured. */
const script = ['scripts/start.mjs']

/** From `npm start` over nothing to a page that is one user's own; on demand `npm ci` before it. */
export const firstFeed: Target = {
  number: 11,
  name: 'first feed of a fresh start',
  async measure(run) {
    const { folder, tell, withInstall } = run
    const clone = withInstall ? await installed(run) : undefined
    const place: StartOptions = {
      ...{ script, folder: join(folder, 'home') },
      ...(clone && { root: clone.root }),
    }
    tell('a first start')
    const first = await started(place)
    tell('a second start')
    const again = await started(place)
    const whole = first.seconds + (clone?.seconds ?? 0)
    return [
      {
        ...figureOf('first start to a page of one’s own', first),
        judged: whole,
        bound: { most: 60 },
        ...(clone && { note: `${first.said}; judged with npm ci, ${clone.seconds.toFixed(1)} s` }),
      },
      figureOf('second start', again),
    ]
  },
}

type Started = Awaited<ReturnType<typeof started>>

function figureOf(what: string, { seconds, held, said }: Started): Figure {
  return { target: 11, what, value: seconds, unit: 's', judged: seconds, memory: held, note: said }
}

async function started(place: StartOptions) {
  const startedMs = performance.now()
  await using server = await startStarling(place)
  await server.says(/serves at/)
  await ownPage(server.address)
  const seconds = (performance.now() - startedMs) / 1_000
  return { seconds, held: memoryOf(server.pid), said: phases(server) }
}

/** A fresh clone of what is committed, with its packages from npm's cache. */
async function installed({ folder, tell }: Run): Promise<{ root: string; seconds: number }> {
  const root = join(folder, 'clone')
  tell('npm ci in a fresh clone')
  await execute('git', ['clone', '--quiet', resolve(import.meta.dirname, '../..'), root])
  const startedMs = performance.now()
  await execute('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: root })
  return { root, seconds: (performance.now() - startedMs) / 1_000 }
}

/** Users of MovieLens, and of the catalogue that is made up where it cannot be had. */
const usersWithPast = ['1', 'user-1']

/** Sources that have nothing to say of a stranger. */
const ofTheUser: ReadonlySet<string> = new Set(['nearest', 'item-neighbors', 'same-attribute'])

/** Asks for the page of a user who has a past, and rejects where it is anybody's. */
async function ownPage(address: string): Promise<void> {
  for (const user of usersWithPast) {
    const answer = await fetch(`${address}/v1/scenes/home/feed?user=${user}`)
    if (!answer.ok) throw new Error(await answer.text())
    const { items } = (await answer.json()) as Page // As the service describes it.
    if (items.some(({ sources }) => sources.some((name) => ofTheUser.has(name)))) return
  }
  throw new Error('no page was made for one user')
}

const phaseNames = {
  importing: /^importing /,
  learning: /^learning /,
  learned: /^learned /,
  serving: /serves at/,
}

/** When it came to what, by what it said. */
function phases({ lines }: Starling): string {
  return Object.entries(phaseNames)
    .flatMap(([name, pattern]) => {
      const line = lines.find(({ text }) => pattern.test(text))
      return line === undefined ? [] : [`${name} at ${(line.atMs / 1_000).toFixed(1)} s`]
    })
    .join(', ')
}
