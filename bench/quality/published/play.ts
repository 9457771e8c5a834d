import { resolve } from 'node:path'
import { seededRandom } from '../../../src/kernel/random.ts'
import type { Judgement } from '../../../src/models/evaluation/protocols/protocol.ts'
import type { Entry } from './entry.ts'
import { openLongFit, peakBytesOfProcess } from './long-fit.ts'

export const dataFolder = resolve(import.meta.dirname, '../../../../shared/data')

/** What an entry made of each part of its set, and what learning it took. */
export interface Played {
  readonly judgements: readonly Judgement[]
  /** CPU seconds of all threads, over all parts. */
  readonly trainSeconds: number
  readonly judgeSeconds: number
  /** The most memory that the process held until it had learned, data included. */
  readonly peakBytes: number
}

export interface PlayOptions {
  /** The folder that holds those of all sets. */
  readonly data?: string
  /** At most so many are asked, drawn by chance; all unless told. */
  readonly usersMax?: number
  /** Judged on what settings are chosen on, instead of the test. */
  readonly validation?: boolean
  /** Where fits that take long keep how far they came, to go on when this is run again. */
  readonly checkpoints?: string
  readonly signal?: AbortSignal
  readonly onProgress?: (step: string, share: number) => void
}

export const playSeed = 'published'

/** Learns each part of the set and asks its test, in this process. */
export async function play(entry: Entry, options: PlayOptions = {}): Promise<Played> {
  const { data = dataFolder, usersMax, validation = false, signal, onProgress } = options
  const { set } = entry
  const judgements: Judgement[] = []
  let [trainSeconds, judgeSeconds, peakBytes] = [0, 0, 0]
  for (const files of set.files(resolve(data, set.name))) {
    const random = seededRandom(playSeed)
    const whole = await set.protocol.read(files)
    const split = validation
      ? set.protocol.validation(whole.data, random.fork('validation'))
      : whole
    const part =
      usersMax === undefined
        ? split.part
        : set.protocol.some(split.part, usersMax, random.fork('users'))
    const begun = process.cpuUsage()
    const long =
      options.checkpoints === undefined
        ? undefined
        : await openLongFit(options.checkpoints, judgements.length, () => secondsSince(begun))
    const kept = long && { checkpoints: long.checkpoints }
    const run = { seed: playSeed, ...(signal && { signal }), ...kept }
    const tell = (step: string) => (share: number) => onProgress?.(step, share)
    const learning = { ...run, onProgress: tell('learning') }
    const learned = await entry.fit(split.data, entry.settings, learning)
    trainSeconds += secondsSince(begun) + (long?.secondsBefore ?? 0)
    peakBytes = Math.max(peakBytes, peakBytesOfProcess(), long?.peakBytesBefore ?? 0)
    const learnedAt = process.cpuUsage()
    const asking = { ...(signal && { signal }), ...(set.k !== undefined && { k: set.k }) }
    judgements.push(
      await set.protocol.judge(learned, part, { ...asking, onProgress: tell('asking') }),
    )
    judgeSeconds += secondsSince(learnedAt)
    await long?.forget()
  }
  return { judgements, trainSeconds, judgeSeconds, peakBytes }
}

function secondsSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1e6
}
