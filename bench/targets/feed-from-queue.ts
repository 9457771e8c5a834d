import { type Child, startChild } from '../harness/child.ts'
import type { Figure } from '../harness/figure.ts'
import type { Load, Loaded } from '../harness/load.ts'
import { interleaved, median, medianRatio } from '../harness/rounds.ts'
import type { Cost, Question } from '../harness/serving.ts'
import type { Target } from '../harness/target.ts'

/** A page from the queue, durable, over HTTP: beside the same server with an answer at hand. */
export const feedFromQueue: Target = {
  number: 1,
  name: 'feed from the queue over HTTP',
  async measure({ quick, folder, tell }) {
    const size = quick
      ? { itemCount: 2_000, userCount: 500, deedsPerUser: 20 }
      : { itemCount: 20_000, userCount: 5_000, deedsPerUser: 20 }
    tell('filling queues')
    await using ours = await startChild(new URL('../harness/serving.ts', import.meta.url), [
      ...['--folder', folder, '--size', JSON.stringify(size)],
    ])
    await ours.ask<void>({ kind: 'fill', entryCount: 200 } satisfies Question)
    await using plain = await startChild(new URL('../harness/plain-serving.ts', import.meta.url))
    await using loader = await startChild(new URL('../harness/load.ts', import.meta.url))
    const spec = { connectionCount: 32, seconds: quick ? 1 : 3, what: 'feeds', ...size } as const
    const round = (server: Child) => () => loaded(server, loader, spec)
    tell('warming up')
    await round(ours)()
    await round(plain)()
    tell('asking for pages')
    const rounds = await interleaved({ ours: round(ours), plain: round(plain) }, quick ? 2 : 7)
    return figuresOf(rounds.ours, rounds.plain)
  },
}

type Round = Awaited<ReturnType<typeof loaded>>

function figuresOf(ours: readonly Round[], plain: readonly Round[]): readonly Figure[] {
  const against = (
    measure: 'perSecond' | 'p50Ms' | 'p99Ms' | 'cpuUs',
    what: string,
    unit: string,
  ) => {
    const [values, baselines] = [ours, plain].map((rounds) => rounds.map((each) => each[measure]))
    return {
      target: 1,
      what,
      value: median(values!),
      unit,
      baseline: { what: 'prepared answer', value: median(baselines!) },
      judged: medianRatio(values!, baselines!),
    }
  }
  const { memory } = ours.at(-1)!
  const fromQueue = Math.min(...ours.map(({ queuedShare }) => queuedShare))
  const note = `${(100 * fromQueue).toFixed(1)} % of pages came from the queue`
  return [
    { ...against('perSecond', 'feed from queue', 'req/s'), bound: { least: 0.5 }, memory, note },
    { ...against('p99Ms', 'feed from queue, p99', 'ms'), bound: { most: 4 } },
    against('p50Ms', 'feed from queue, p50', 'ms'),
    against('cpuUs', 'feed from queue, CPU of the server', 'µs/req'),
  ]
}

async function loaded(server: Child, loader: Child, spec: Omit<Load, 'address'>) {
  const address = await server.ask<string>({ kind: 'address' } satisfies Question)
  const before = await server.ask<Cost>({ kind: 'cost' } satisfies Question)
  const result = await loader.ask<Loaded>({ address, ...spec } satisfies Load)
  const after = await server.ask<Cost>({ kind: 'cost' } satisfies Question)
  if (result.failureCount > 0) throw new Error(`${result.failureCount} requests failed`)
  const pages = after.queuedPages - before.queuedPages
  return {
    ...result,
    cpuUs: (after.cpuUs - before.cpuUs) / result.requestCount,
    queuedShare: Math.min(1, pages / result.requestCount),
    memory: after.memory,
  }
}
