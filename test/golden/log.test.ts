import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Event } from '../../src/events/event.ts'
import { openSegmentLog } from '../../src/events/log/segment-log.ts'
import { golden, goldenOfOld } from './golden.ts'

const entry = {
  item: '9007199254740993',
  score: 0.1,
  sources: ['popular', 'fresh'],
  run: 'run-1',
  model: 'ranker/3',
  expiresAt: 1_700_086_400_000,
}
const feed = { user: 'ann', scene: 'home', channel: '' }

/** One of every type, with all that it may carry. */
const events: readonly Event[] = [
  {
    type: 'item',
    id: 'e0',
    at: 1_700_000_000_000,
    item: '9007199254740993',
    record: {
      attributes: {
        year: { number: 1962.5 },
        title: { text: 'Cléo de 5 à 7' },
        genres: { tags: ['drama', '日本語'] },
        released: { time: 1_600_000_000_000 },
        place: { geo: { latitude: 48.85, longitude: 2.35 } },
        taste: { vector: [0.25, -1] },
      },
      channels: ['film'],
      availableFrom: 1,
      availableUntil: 1_900_000_000_000,
    },
  },
  { type: 'withdraw', id: 'e1', at: 1, item: 'i1' },
  { type: 'user', id: 'e2', at: 2, user: 'ann', attributes: { age: { number: 40 } } },
  { type: 'merge', id: 'e3', at: 3, from: 'visitor', into: 'ann' },
  {
    type: 'offered',
    id: 'e4',
    at: 4,
    ...feed,
    writer: 'feed',
    entries: [entry],
    replace: true,
    pulse: 7,
  },
  {
    type: 'served',
    id: 'e5',
    at: 5,
    ...feed,
    request: 'req-1',
    batch: 1,
    delivery: 'queued',
    recipe: 'feed',
    arms: ['a'],
    items: [entry],
    dropped: ['i1'],
    repeatable: false,
  },
  {
    type: 'action',
    id: 'e6',
    at: 6,
    action: 'rate',
    user: 'ann',
    item: '9007199254740993',
    value: 4.5,
    shown: {
      request: 'req-1',
      batch: 1,
      position: 0,
      scene: 'home',
      channel: '',
      arms: ['a'],
      sources: ['popular', 'fresh'],
      model: 'ranker/3',
      servedAt: 5,
    },
  },
  {
    type: 'action',
    id: 'e7',
    at: 7,
    action: 'comment',
    user: 'ann',
    item: 'i1',
    text: 'oh\n"well"',
  },
  { type: 'parameter', id: 'e8', at: 8, name: 'blend', value: { fresh: 0.1 }, by: 'olga' },
  { type: 'erase', id: 'e9', at: 9, user: 'bob' },
]

test('a segment is written as ever, and one of old is still read', async () => {
  const work = await mkdtemp(join(tmpdir(), 'starling-golden-'))
  try {
    const [folder, old] = [join(work, 'log'), join(work, 'old')]
    {
      await using log = await openSegmentLog({ folder })
      await log.append(events.slice(0, 6))
      await log.append(events.slice(6))
    }
    const names = (await readdir(folder)).filter((name) => name.endsWith('.log'))
    assert.deepEqual(names, ['0000000000000000.log'])
    const kept = await golden('segment', await readFile(join(folder, names[0]!)))

    await mkdir(old)
    for (const bytes of [kept, await goldenOfOld('segment-with-spelt-out-entries')]) {
      await writeFile(join(old, names[0]!), bytes)
      for (const readOnly of [true, false]) {
        await using log = await openSegmentLog({ folder: old, readOnly })
        const read: unknown[] = []
        for await (const batch of log.read(0)) read.push(...batch)
        assert.deepEqual(
          read,
          events.map((event, offset) => ({ offset, event })),
        )
      }
    }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
})
