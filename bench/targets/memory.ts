import { join } from 'node:path'
import { startChild } from '../harness/child.ts'
import type { Memory } from '../harness/figure.ts'
import type { Target } from '../harness/target.ts'

const dims = 64
const deedsPerUser = 20

/** Bytes of one deed as a history keeps it: item, action, value and time. */
const deedBytes = 21

/** Bytes of one number of a vector. */
const numberBytes = 4

/**
 * Items with vectors and users with histories, in a process of their own, beside the bytes of the
 * vectors and histories alone. Measured at a tenth of the stated size, unless it is a smoke test:
 * memory grows with the number of items, since users stay on disk until they are asked for.
 */
export const memory: Target = {
  number: 6,
  name: 'memory',
  async measure({ quick, folder, tell }) {
    const count = quick ? 10_000 : 100_000
    const counts = { items: count, users: count, dims, deeds: deedsPerUser }
    const args = Object.entries({ folder: join(folder, 'large'), ...counts }).flatMap(
      ([name, value]) => [`--${name}`, String(value)],
    )
    await using child = await startChild(
      new URL('../harness/large-engine.ts', import.meta.url),
      args,
    )
    const before = await child.ask<Memory>('memory')
    tell(`${count.toLocaleString('en')} items and users`)
    const after = await child.ask<Memory>('fill')
    const raw = count * dims * numberBytes + count * deedsPerUser * deedBytes
    const grown = after.ownBytes - before.ownBytes + after.mappedBytes - before.mappedBytes
    return [
      {
        target: 6,
        what: `${count.toLocaleString('en')} items × ${dims} numbers, as many users`,
        value: grown / 2 ** 20,
        unit: 'MiB',
        baseline: { what: 'the raw bytes', value: raw / 2 ** 20 },
        judged: grown / raw,
        bound: { most: 2.5 },
        memory: after,
        note: `${deedsPerUser} deeds per user; the target names ten times as many`,
      },
    ]
  },
}
