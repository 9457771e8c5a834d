import { execFileSync, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Figure } from '../harness/figure.ts'
import { memoryOf } from '../harness/memory.ts'
import type { Target } from '../harness/target.ts'

const root = resolve(import.meta.dirname, '../..')
const patienceMs = 300_000

/** From nothing to a personalised page, as a newcomer comes to it. */
export const firstFeed: Target = {
  number: 11,
  name: 'the first feed',
  async measure({ folder, withInstall, tell }) {
    const figures: Figure[] = []
    let place = root
    if (withInstall) {
      tell('npm ci in a fresh clone')
      place = join(folder, 'clone')
      execFileSync('git', ['clone', '--quiet', root, place])
      figures.push(judged('npm ci, packages cached', timed('npm', ['ci', '--silent'], place)))
    }
    tell('a first start')
    const started = await start(place, join(folder, 'first'))
    await started.stop()
    tell('a second start')
    const again = await start(place, join(folder, 'first'))
    const memory = memoryOf(again.pid)
    await again.stop()
    const installSeconds = figures[0]?.value ?? 0
    figures.push({
      ...judged('first start to a personalised page', started.seconds),
      judged: started.seconds + installSeconds,
      bound: { most: 60 },
    })
    figures.push(judged('second start to a personalised page', again.seconds))
    figures.push({
      ...{ target: 6, what: 'the server at rest', value: memory.ownBytes / 2 ** 20, unit: 'MiB' },
      ...{ judged: (memory.ownBytes + memory.mappedBytes) / 2 ** 20, bound: { most: 250 }, memory },
      note: 'resident, after the first page of a second start',
    })
    return figures
  },
}

function judged(what: string, seconds: number): Figure {
  return { target: 11, what, value: seconds, unit: 's', judged: seconds }
}

function timed(command: string, args: readonly string[], cwd: string): number {
  const startedMs = performance.now()
  execFileSync(command, args, { cwd, stdio: 'ignore' })
  return (performance.now() - startedMs) / 1_000
}

async function start(place: string, home: string) {
  const port = await freePort()
  const startedMs = performance.now()
  // What `npm start` runs, without npm between us and the process that is measured.
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: place,
    env: { ...process.env, PORT: String(port), STARLING_HOME: home },
    stdio: 'ignore',
  })
  const feed = `http://127.0.0.1:${port}/v1/scenes/home/feed?user=1`
  while (!(await answers(feed))) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    if (performance.now() - startedMs > patienceMs) throw new Error('the server does not answer')
    await pause(100)
  }
  return {
    pid: child.pid!,
    seconds: (performance.now() - startedMs) / 1_000,
    async stop() {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function answers(address: string): Promise<boolean> {
  return fetch(address).then(
    (answer) => answer.ok,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const address = probe.address()
  await new Promise((closed) => probe.close(closed))
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}
