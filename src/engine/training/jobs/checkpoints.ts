import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { invalid } from '../../../error.ts'
import type { Artifact, ArtifactHeader, Checkpoints } from '../../../models/model.ts'
import { writeWhole } from '../../home.ts'

export type { Checkpoints } from '../../../models/model.ts'

/** One that remembers nothing, for work that nobody takes up again. */
export const noCheckpoints: Checkpoints = {
  read: async () => undefined,
  write: async () => undefined,
}

/** The same, for one of several works: its names begin with `part`. */
export function checkpointsOf(part: string, checkpoints: Checkpoints): Checkpoints {
  const { isDue } = checkpoints
  return {
    read: (name) => checkpoints.read(`${part}.${name}`),
    write: (name, step) => checkpoints.write(`${part}.${name}`, step),
    ...(isDue && { isDue }),
  }
}

/** How often as long as the last one took is learned before the next is written. */
const workPerWrite = 10

/** Says that one is due so seldom that writing them takes no more than a tenth of the time. */
export function atPace(checkpoints: Checkpoints, nowMs: () => number): Checkpoints {
  let dueMs = Number.NEGATIVE_INFINITY
  return {
    read: checkpoints.read,
    async write(name, step) {
      const startedMs = nowMs()
      await checkpoints.write(name, step)
      const endedMs = nowMs()
      dueMs = endedMs + workPerWrite * (endedMs - startedMs)
    },
    isDue: () => nowMs() >= dueMs,
  }
}

/** What is kept under a name, or else what `make` makes, which is kept then. */
export async function keptOr<Value>(
  checkpoints: Checkpoints,
  name: string,
  make: () => Promise<Value>,
  form: { save(value: Value): Artifact; load(step: Artifact): Value },
): Promise<Value> {
  const kept = await checkpoints.read(name)
  if (kept !== undefined) return form.load(kept)
  const value = await make()
  await checkpoints.write(name, form.save(value))
  return value
}

/**
 * Checkpoints as files of a folder: `[sha256 of the rest, 32 bytes][bytes of the header, u32]`, the
 * header as JSON, the weights. Each appears as a whole.
 */
export function checkpointsIn(folder: string): Checkpoints {
  const pathOf = (name: string): string => {
    if (/^[a-z0-9][a-z0-9.-]{0,99}$/.test(name)) return join(folder, name)
    throw invalid('checkpoint', `"${name}" must be 1 to 100 of a-z, 0-9, . and -`)
  }
  return {
    async read(name) {
      const bytes = await readFile(pathOf(name)).catch(() => undefined)
      return bytes && stepIn(bytes)
    },

    async write(name, { header, weights }) {
      const path = pathOf(name)
      await mkdir(folder, { recursive: true })
      const text = Buffer.from(JSON.stringify(header))
      const length = Buffer.alloc(4)
      length.writeUInt32LE(text.byteLength, 0)
      const rest = Buffer.concat([length, text, weights])
      await writeWhole(path, Buffer.concat([digestOf(rest), rest]))
    },
  }
}

/** Removes all checkpoints of a folder; none are there afterwards, also where none were before. */
export async function forgetCheckpoints(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}

/** The names of what is kept. */
export async function checkpointNames(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder).catch(() => [])
  return entries.filter((entry) => !entry.startsWith('.')).sort()
}

const digestBytes = 32

function stepIn(bytes: Buffer): Artifact | undefined {
  const rest = bytes.subarray(digestBytes)
  if (rest.byteLength < 4 || !digestOf(rest).equals(bytes.subarray(0, digestBytes))) {
    return undefined
  }
  const end = 4 + rest.readUInt32LE(0)
  // The checksum says that these are the bytes that were written.
  const header = JSON.parse(rest.subarray(4, end).toString()) as ArtifactHeader
  return { header, weights: new Uint8Array(rest.subarray(end)) }
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
