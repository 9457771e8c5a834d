import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setImmediate as breath } from 'node:timers/promises'

/**
 * A version on disk is a folder that appears as a whole and whose files never change:
 *
 *   <name>/<version>/header.json   what it is, readable
 *   <name>/<version>/weights.bin
 *   <name>/<version>/sha256sums    of both, as `sha256sum --check` reads them
 *   <name>/<version>/held          where it waits to be promoted: empty, and removed then
 *
 * Only `rejected`, which holds the reason, may be added later. What begins with a dot is
 * unfinished, or on its way out.
 */
export interface VersionFiles {
  readonly header: Uint8Array
  readonly weights: Uint8Array
}

const heldFile = 'held'

/** Writes a folder under another name, makes it durable and then gives it its own. */
export async function writeVersion(
  folder: string,
  files: VersionFiles,
  held: boolean,
): Promise<void> {
  const unfinished = hiddenName(folder)
  await mkdir(unfinished)
  await writeDurably(join(unfinished, 'header.json'), files.header)
  await writeDurably(join(unfinished, 'weights.bin'), files.weights)
  await writeDurably(join(unfinished, 'sha256sums'), Buffer.from(await sumsOf(files)))
  if (held) await writeDurably(join(unfinished, heldFile), new Uint8Array())
  await syncFolder(unfinished)
  await rename(unfinished, folder)
  await syncFolder(dirname(folder))
}

/** Rejects where a file is missing or its bytes are not those that were written. */
export async function readVersion(folder: string): Promise<VersionFiles> {
  const [header, weights, sums] = await Promise.all([
    readFile(join(folder, 'header.json')),
    readFile(join(folder, 'weights.bin')),
    readFile(join(folder, 'sha256sums'), 'utf8'),
  ])
  if (sums !== (await sumsOf({ header, weights }))) {
    throw new Error('the files do not match their checksums')
  }
  return { header, weights }
}

/** Does the version wait to be promoted? */
export async function isHeld(folder: string): Promise<boolean> {
  return (await readdir(folder)).includes(heldFile)
}

/** It waits no longer, durably. */
export async function release(folder: string): Promise<void> {
  await rm(join(folder, heldFile), { force: true })
  await syncFolder(folder)
}

/** First out of sight and then removed: a half removed version is never taken for a damaged one. */
export async function removeVersion(folder: string): Promise<void> {
  const hidden = hiddenName(folder)
  await rename(folder, hidden)
  await rm(hidden, { recursive: true })
}

/** Removes what a crash left behind. Nobody else may be writing to the folder. */
export async function sweepUnfinished(nameFolder: string): Promise<void> {
  for (const entry of await readdir(nameFolder)) {
    if (entry.startsWith('.')) await rm(join(nameFolder, entry), { recursive: true })
  }
}

/** Writes a small file so that it is there as a whole or not at all. */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = hiddenName(path)
  await rm(unfinished, { force: true })
  await writeDurably(unfinished, bytes)
  await rename(unfinished, path)
  await syncFolder(dirname(path))
}

function hiddenName(path: string): string {
  return join(dirname(path), `.${basename(path)}`)
}

/** Bytes that are hashed in one go: a millisecond or two of the thread that answers feeds. */
const stretchBytes = 1 << 20

async function sumsOf({ header, weights }: VersionFiles): Promise<string> {
  const line = async (bytes: Uint8Array, file: string): Promise<string> => {
    const hash = createHash('sha256')
    for (let from = 0; from < bytes.length; from += stretchBytes) {
      hash.update(bytes.subarray(from, from + stretchBytes))
      if (from + stretchBytes < bytes.length) await breath()
    }
    return `${hash.digest('hex')}  ${file}\n`
  }
  return (await line(header, 'header.json')) + (await line(weights, 'weights.bin'))
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A rename is durable once its folder is. Windows has no such thing and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
