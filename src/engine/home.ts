import { randomBytes } from 'node:crypto'
import { access, constants, mkdir, open, readFile, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StarlingError } from '../error.ts'

/** The state folder: everything an engine keeps lies below it. */
export interface Home {
  readonly folder: string
  readonly log: string
  readonly state: string
  readonly traces: string
  readonly lake: string
  readonly models: string
  /** Models that were made elsewhere, to be served: `<name>/<number>`. */
  readonly served: string
  /** What was learned, is being learned, and will be. */
  readonly jobs: string
  readonly keys: string
  readonly imports: string
  /** Data that can be fetched again. */
  readonly cache: string
  /** Signs tracking tokens: 32 random bytes, made once. */
  readonly secret: Uint8Array
}

const secretBytes = 32

/**
 * Makes the folder where it is missing. Rejects with `failed_precondition` where it cannot be
 * written.
 */
export async function openHome(folder: string): Promise<Home> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK | constants.X_OK)
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    throw new StarlingError(
      'failed_precondition',
      `the state folder ${folder} cannot be written (${reason}): ` +
        'give another by STARLING_HOME or --home, or change its rights',
      { cause },
    )
  }
  return {
    folder,
    log: join(folder, 'log'),
    state: join(folder, 'state'),
    traces: join(folder, 'traces'),
    lake: join(folder, 'lake'),
    models: join(folder, 'models'),
    served: join(folder, 'served'),
    jobs: join(folder, 'jobs'),
    keys: join(folder, 'keys.json'),
    imports: join(folder, 'imports'),
    cache: join(folder, 'cache'),
    secret: await secretIn(join(folder, 'secret')),
  }
}

async function secretIn(file: string): Promise<Uint8Array> {
  try {
    const kept = await readFile(file)
    if (kept.byteLength === secretBytes) return kept
    throw new StarlingError(
      'data_loss',
      `${file} holds ${kept.byteLength} bytes, not ${secretBytes}`,
    )
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const secret = randomBytes(secretBytes)
  await writeWhole(file, secret, 0o600)
  return secret
}

/** Writes a small file so that it holds the old or the new content whole, whatever happens. */
export async function writeWhole(
  file: string,
  content: string | Uint8Array,
  mode = 0o644,
): Promise<void> {
  const fresh = join(dirname(file), `.${process.pid}.${randomBytes(4).toString('hex')}.tmp`)
  const handle = await open(fresh, 'wx', mode)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(fresh, file).catch(async (error: unknown) => {
    await unlink(fresh)
    throw error
  })
}
