import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StarlingError } from '../../error.ts'
import { diskMedium } from '../../events/log/medium/disk-medium.ts'
import { lockFolder } from '../../events/log/medium/folder-lock.ts'
import { type Standing, standingKey, standingOf } from '../../state/partitioned/peer.ts'
import { openLmdbStore } from '../../state/store/lmdb-store.ts'
import type { Store } from '../../state/store/store.ts'
import { held } from '../held.ts'
import { writeWhole } from '../home.ts'

/** What a replay's folder holds, for the next that is to go on there. */
interface Manifest {
  readonly log: string
  readonly partitions: number
}

const manifestName = 'replay.json'

export function partitionFolder(into: string, partition: number): string {
  return join(into, `partition-${partition}`)
}

/**
 * Makes the stores of all partitions where they are missing, and keeps a second replay out of the
 * folder until the lock is given back. Rejects with `failed_precondition` where the folder belongs
 * to a replay of another kind, and with `data_loss` where its stores do not fit each other.
 */
export async function openReplayFolder(into: string, wanted: Manifest): Promise<AsyncDisposable> {
  await mkdir(into, { recursive: true })
  const unlock = await lockFolder(diskMedium, into)
  try {
    const found = await manifestIn(into)
    if (found === undefined) {
      await writeWhole(join(into, manifestName), JSON.stringify(wanted))
    } else if (found.log !== wanted.log || found.partitions !== wanted.partitions) {
      throw new StarlingError(
        'failed_precondition',
        `${into} holds ${found.partitions} partitions of the log in ${found.log}, not ` +
          `${wanted.partitions} of ${wanted.log}: go on with those, or give an empty folder`,
      )
    }
    await withStores(into, wanted.partitions, checkAgreement)
  } catch (error) {
    await unlock()
    throw error
  }
  return { [Symbol.asyncDispose]: unlock }
}

/** Opens the stores of all partitions, which nobody may be writing to. */
export async function withStores<Result>(
  into: string,
  partitions: number,
  use: (stores: readonly Store[]) => Promise<Result>,
): Promise<Result> {
  await using stores = held()
  return await use(
    Array.from({ length: partitions }, (_, partition) =>
      stores.add(openLmdbStore({ folder: partitionFolder(into, partition) })),
    ),
  )
}

/**
 * What one has taken, the other must have sent. The death of processes cannot break that. A power
 * cut can, since it may take back the last commits of one store and not of another.
 */
async function checkAgreement(stores: readonly Store[]): Promise<void> {
  const standings: (Standing | undefined)[] = []
  for (const store of stores) {
    const [bytes] = await store.get([standingKey])
    standings.push(standingOf(bytes))
  }
  for (const [from, sender] of standings.entries()) {
    for (const [to, taker] of standings.entries()) {
      const [sent, taken] = [sender?.sent[to] ?? 0, taker?.taken[from] ?? 0]
      if (taken <= sent) continue
      throw new StarlingError(
        'data_loss',
        `partition ${to} has taken ${taken} letters of partition ${from}, which knows of ` +
          `${sent}: a store has lost commits, as in a power cut. Begin anew in an empty folder`,
      )
    }
  }
}

async function manifestIn(into: string): Promise<Manifest | undefined> {
  const text = await readFile(join(into, manifestName), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  return text === undefined ? undefined : (JSON.parse(text) as Manifest) // Written above.
}
