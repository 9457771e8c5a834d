import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { diskMedium } from '../events/log/medium/disk-medium.ts'
import { type Fault, faultyMedium } from '../events/log/medium/faulty-medium.ts'
import type { Medium } from '../events/log/medium/medium.ts'
import { memoryLog } from '../events/log/memory-log.ts'
import { click, type TestLake, testFolder, testLake } from './lake-samples.ts'

// A life of a lake in which its process dies at a file operation, told by number, and another goes
// on with the folder and the log.

/** Files of two flushes, merged, and then without one user. */
async function live(lake: TestLake): Promise<void> {
  await lake.tell([0, 1, 2, 3].map((n) => click(n)))
  await lake.lake.flush()
  await lake.tell([4, 5, 6, 7, 8].map((n) => click(n)))
  await lake.lake.flush()
  lake.clock.advance(3_600_000)
  await lake.lake.tend()
  await lake.log.erase((event) => 'user' in event && event.user === 'u1')
  await lake.lake.forget(new Set(['u1']), lake.log.head)
  await lake.tell([click(9)])
  await lake.lake.flush()
}

/** How many file operations such a life takes. */
export async function callsOfALife(): Promise<number> {
  let calls = 0
  await using folder = await testFolder()
  const medium = faultyMedium(diskMedium, ({ number }) => {
    calls = number + 1
    return undefined
  })
  await using lake = await testLake(folder.path, { medium })
  await live(lake)
  return calls
}

/** From the call of that number on the process does nothing; the next finds what is left. */
export async function dieAt(dying: number, fault: Fault): Promise<void> {
  await using folder = await testFolder()
  const log = memoryLog()
  const medium: Medium = faultyMedium(diskMedium, ({ number }) => {
    if (number < dying) return undefined
    return number === dying ? fault : 'before'
  })
  const first = await testLake(folder.path, { log, medium }).catch(() => undefined)
  if (first !== undefined) {
    await live(first).catch(() => undefined)
    await first.close().catch(() => undefined)
  }
  await using second = await testLake(folder.path, { log })
  const told: string[] = []
  for await (const batch of log.read(0)) {
    for (const { event } of batch) if (event !== undefined) told.push(event.id)
  }
  const where = `${fault} call ${dying}`
  const rows = (await second.rows('SELECT id FROM actions ORDER BY "offset"')).map(([id]) => id)
  // The log is erased first: a forgetting that was cut short is asked for again.
  const isDue = rows.includes('e1') && !told.includes('e1')
  if (isDue) await second.lake.forget(new Set(['u1']), log.head)
  const left = (await second.rows('SELECT id FROM actions ORDER BY "offset"')).map(([id]) => id)
  assert.deepEqual(left, told, where)
  await second.lake.flush()
  const again = await second.rows('SELECT id FROM actions ORDER BY "offset"')
  assert.deepEqual(
    again,
    told.map((id) => [id]),
    where,
  )
  const names = await readdir(folder.path, { recursive: true })
  const files = names.filter((name) => name.endsWith('.parquet')).length
  assert.equal(files, second.lake.extent()[0]!.files, where)
}
