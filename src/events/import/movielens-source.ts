import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { StarlingError } from '../../error.ts'

/** Where MovieLens ml-latest-small lies: a folder, or the reason in words why there is none. */
export type MovieLensFound =
  | { readonly folder: string }
  | { readonly folder: undefined; readonly reason: string }

export interface MovieLensOptions {
  /** Folders that may be the set or hold it, the likeliest first. */
  readonly candidates: readonly string[]
  /** Where a download is kept for the next time. */
  readonly cacheFolder: string
  readonly download?: (url: string) => Promise<Uint8Array>
}

const setName = 'ml-latest-small'
const address = `https://files.grouplens.org/datasets/movielens/${setName}.zip`
const neededFiles = ['movies.csv', 'ratings.csv']
const wantedFiles = new Set([...neededFiles, 'links.csv', 'tags.csv', 'README.txt'])

const timeoutMs = 15_000
const largestZipBytes = 20 * 1024 * 1024
const largestFileBytes = 100 * 1024 * 1024

/**
 * Finds the set in the candidates, else in the cache, else downloads it into the cache. Its licence
 * forbids to pass it on, so it is never part of a program. Never rejects: the network may lack.
 */
export async function findMovieLens(options: MovieLensOptions): Promise<MovieLensFound> {
  const { candidates, cacheFolder, download = downloadZip } = options
  for (const folder of [...candidates, cacheFolder]) {
    for (const path of [folder, join(folder, setName)]) {
      if (await holdsSet(path)) return { folder: path }
    }
  }
  try {
    return { folder: await unpackInto(cacheFolder, await download(address)) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
    const why = `${message}${cause && `: ${cause}`}`.replace(/^\[\w+\] /, '')
    const reason = `MovieLens ${setName} is not on this machine, and to fetch it failed (${why})`
    return { folder: undefined, reason }
  }
}

async function holdsSet(folder: string): Promise<boolean> {
  const found = await Promise.all(
    neededFiles.map((name) => stat(join(folder, name)).catch(() => undefined)),
  )
  return found.every((file) => file?.isFile())
}

/** Whole or not at all: it is written beside, and then takes its name. */
async function unpackInto(cacheFolder: string, zip: Uint8Array): Promise<string> {
  const files = unzipSync(zip, {
    filter: ({ name, originalSize }) => {
      return wantedFiles.has(fileName(name)) && originalSize <= largestFileBytes
    },
  })
  const names = Object.keys(files)
  if (!neededFiles.every((needed) => names.some((name) => fileName(name) === needed))) {
    throw new StarlingError('unavailable', `the archive lacks one of ${neededFiles.join(', ')}`)
  }
  await mkdir(cacheFolder, { recursive: true })
  const beside = await mkdtemp(join(cacheFolder, `${setName}.new-`))
  const folder = join(cacheFolder, setName)
  try {
    for (const name of names) await writeFile(join(beside, fileName(name)), files[name]!)
    await rm(folder, { recursive: true, force: true })
    await rename(beside, folder)
  } catch (error) {
    await rm(beside, { recursive: true, force: true })
    // Another process may have put the same set there in the meantime.
    if (!(await holdsSet(folder))) throw error
  }
  return folder
}

/** The last part of a path in the archive: nothing is ever written outside of the folder. */
function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

async function downloadZip(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
  if (!response.ok || response.body === null) {
    throw new StarlingError('unavailable', `${url} answered ${response.status}`)
  }
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const chunk of response.body) {
    chunks.push(chunk)
    sizeBytes += chunk.length
    if (sizeBytes > largestZipBytes) {
      throw new StarlingError('unavailable', `${url} sends more than ${largestZipBytes} bytes`)
    }
  }
  return Buffer.concat(chunks)
}
