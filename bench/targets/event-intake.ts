import type { Appended, AppendLoad } from '../harness/appending.ts'
import { type Child, startChild } from '../harness/child.ts'
import { eventsPerBatch } from '../harness/event-batch.ts'
import type { Figure } from '../harness/figure.ts'
import type { Load, Loaded } from '../harness/load.ts'
import { interleaved, median, medianRatio } from '../harness/rounds.ts'
import type { Cost, Question } from '../harness/serving.ts'
import type { Target } from '../harness/target.ts'

/**
 * Events over HTTP: decoded, judged, deduplicated, durable, folded. Beside it the same bytes, put
 * into a file by as many writers at once, those who meet sharing an fsync as the log's do; and a
 * server that parses the same requests and does nothing else.
 */
export const eventIntake: Target = {
  number: 4,
  name: 'event intake over HTTP',
  async measure({ quick, folder, tell }) {
    const size = quick
      ? { itemCount: 2_000, userCount: 500, deedsPerUser: 2 }
      : { itemCount: 20_000, userCount: 20_000, deedsPerUser: 2 }
    tell('making a catalogue')
    await using ours = await startChild(new URL('../harness/serving.ts', import.meta.url), [
      ...['--folder', `${folder}/engine`, '--size', JSON.stringify(size)],
    ])
    await using plain = await startChild(new URL('../harness/plain-serving.ts', import.meta.url))
    await using appending = await startChild(new URL('../harness/appending.ts', import.meta.url))
    await using loader = await startChild(new URL('../harness/load.ts', import.meta.url))
    const shared = { connectionCount: 16, seconds: quick ? 1 : 3, ...size }
    const contestants = {
      ours: () => taken(ours, loader, { ...shared, what: 'events' }),
      parsed: () => taken(plain, loader, { ...shared, what: 'events' }),
      file: () => appending.ask<Appended>({ ...shared, folder } satisfies AppendLoad),
    }
    tell('warming up')
    await contestants.ours()
    tell('sending events')
    const rounds = await interleaved(contestants, quick ? 2 : 7)
    return figuresOf(rounds.ours, rounds.parsed, rounds.file)
  },
}

type Taken = Awaited<ReturnType<typeof taken>>

function figuresOf(
  ours: readonly Taken[],
  parsed: readonly Taken[],
  file: readonly Appended[],
): readonly Figure[] {
  const rateOf = ({ perSecond }: Taken | Appended) => perSecond * eventsPerBatch
  const rates = ours.map(rateOf)
  const { memory } = ours.at(-1)!
  const p99Ms = median(ours.map((each) => each.p99Ms))
  return [
    {
      target: 4,
      what: 'event intake',
      value: median(rates),
      unit: 'events/s',
      baseline: { what: 'appends and fsync', value: median(file.map(rateOf)) },
      judged: medianRatio(rates, file.map(rateOf)),
      bound: { least: 0.3 },
      memory,
      note: `batches of ${eventsPerBatch}, p99 ${p99Ms.toFixed(0)} ms`,
    },
    {
      target: 4,
      what: 'event intake, beside parsing alone',
      value: median(rates),
      unit: 'events/s',
      baseline: { what: 'HTTP and JSON.parse', value: median(parsed.map(rateOf)) },
      judged: medianRatio(rates, parsed.map(rateOf)),
    },
    {
      target: 4,
      what: 'event intake, CPU of the server',
      value: median(ours.map(({ cpuUs }) => cpuUs)),
      unit: 'µs/event',
      baseline: { what: 'appends and fsync', value: median(file.map(({ cpuUs }) => cpuUs)) },
      judged: median(ours.map(({ cpuUs }) => cpuUs)),
    },
  ]
}

async function taken(server: Child, loader: Child, spec: Omit<Load, 'address'>) {
  const address = await server.ask<string>({ kind: 'address' } satisfies Question)
  const before = await server.ask<Cost>({ kind: 'cost' } satisfies Question)
  const result = await loader.ask<Loaded>({ address, ...spec } satisfies Load)
  const after = await server.ask<Cost>({ kind: 'cost' } satisfies Question)
  if (result.failureCount > 0) throw new Error(`${result.failureCount} batches failed`)
  const cpuUs = (after.cpuUs - before.cpuUs) / (result.requestCount * eventsPerBatch)
  return { ...result, cpuUs, memory: after.memory }
}
