import type { Cost, Question } from '../harness/serving.ts'
import type { Load, Loaded } from '../harness/load.ts'
import { type Child, startChild } from '../harness/child.ts'
import { interleaved, median, medianRatio } from '../harness/rounds.ts'
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
    const seconds = quick ? 1 : 3
    const spec = { connectionCount: 32, seconds, what: 'feeds', ...size } as const
    const round = (server: Child) => () => loaded(server, loader, spec)
    tell('warming up')
    await round(ours)()
    await round(plain)()
    tell('asking for pages')
    const rounds = await interleaved({ ours: round(ours), plain: round(plain) }, quick ? 2 : 5)
    return rounds
  },
}

async function loaded(server: Child, loader: Child, spec: Omit<Load, 'address'>) {
  const address = await server.ask<string>({ kind: 'address' } satisfies Question)
  const before = await server.ask<Cost>({ kind: 'cost' } satisfies Question)
  const result = await loader.ask<Loaded>({ address, ...spec } satisfies Load)
  const after = await server.ask<Cost>({ kind: 'cost' } satisfies Question)
  if (result.failureCount > 0) throw new Error(`${result.failureCount} requests failed`)
  const cpuUs = (after.cpuUs - before.cpuUs) / result.requestCount
  return { ...result, cpuUs, memory: after.memory }
}
