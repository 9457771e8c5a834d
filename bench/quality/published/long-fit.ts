import { join } from 'node:path'
import { checkpointsIn, forgetCheckpoints } from '../../../src/engine/training/jobs/checkpoints.ts'
import type { Checkpoints } from '../../../src/models/model.ts'

/** A fit that may be broken off: how far it came, and what it took until then. */
export interface LongFit {
  readonly checkpoints: Checkpoints
  /** CPU seconds of earlier runs up to the checkpoint that this one goes on from. */
  readonly secondsBefore: number
  /** The most memory that those held. */
  readonly peakBytesBefore: number
  /** Nothing is kept of it any more. */
  forget(): Promise<void>
}

const spentName = 'spent'

/**
 * A folder per row and part. A run that goes on from a checkpoint answers for the seconds of those
 * before it too; what was computed after the last checkpoint and lost is not counted.
 */
export async function openLongFit(
  folder: string,
  part: number,
  seconds: () => number,
): Promise<LongFit> {
  const path = join(folder, `part-${part}`)
  const inner = checkpointsIn(path)
  const spent = (await inner.read(spentName))?.header
  const secondsBefore = Number(spent?.['seconds'] ?? 0)
  const peakBytesBefore = Number(spent?.['peakBytes'] ?? 0)
  return {
    ...{ secondsBefore, peakBytesBefore },
    checkpoints: {
      read: inner.read,
      async write(name, step) {
        await inner.write(name, step)
        const peakBytes = Math.max(peakBytesBefore, peakBytesOfProcess())
        const header = { kind: spentName, seconds: secondsBefore + seconds(), peakBytes }
        await inner.write(spentName, { header, weights: new Uint8Array() })
      },
    },
    forget: () => forgetCheckpoints(path),
  }
}

/** The kernel counts in KiB. */
export const peakBytesOfProcess = (): number => process.resourceUsage().maxRSS * 1024
