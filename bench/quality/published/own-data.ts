import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, dirname, resolve } from 'node:path'
import { evaluationText } from '../../../src/insight/evaluate/text.ts'
import { seededRandom } from '../../../src/kernel/random.ts'
import type { SearchBudget } from '../../../src/models/contenders/choose-settings.ts'
import type { AnyContender } from '../../../src/models/contenders/contender.ts'
import { evaluate } from '../../../src/models/contenders/evaluate.ts'
import type { EvaluatedModel, Figure } from '../../../src/models/contenders/evaluation.ts'
import type { Gauges } from '../../../src/models/contenders/learn-and-judge.ts'
import {
  type Files,
  type Format,
  formats,
  type Split,
} from '../../../src/models/evaluation/protocols/protocol.ts'
import { protocolOf } from '../../../src/models/evaluation/protocols/protocol-of.ts'
import type { Asked } from '../../../src/models/evaluation/protocols/question.ts'
import type { Settings } from '../../../src/models/search/space.ts'
import { allEntries } from './entries.ts'

export interface OwnDataOptions {
  readonly format: string | undefined
  readonly files: { readonly [Name in keyof Files]?: string | undefined }
  readonly models?: readonly string[]
  readonly k?: number
  /**
   * At most so many questions are asked of a test, by chance but always the same; where left out,
   * as many as take minutes.
   */
  readonly askedMax?: number
  readonly budget?: SearchBudget
  readonly progress: (step: string, share: number) => void
  readonly tell: (line: string) => void
  /** Given all rows so far, whenever a model was judged: a run that is stopped leaves them. */
  readonly onRows: (rows: readonly OwnRow[]) => Promise<void>
}

export interface OwnRow extends Figure {
  readonly set: string
  readonly protocol: string
  readonly model: string
  /** CPU seconds of all threads. */
  readonly trainSeconds: number
  readonly peakBytes: number
}

/** How long the lists of published sets of a format are. */
const lengths: Partial<Record<Format, number>> = {
  ...{ 'user-items': 20, sessions: 20, timed: 5 },
}

/**
 * Data that no entry knows: all models that take data of the format, with settings searched on a
 * part that is cut from what may be learned from, and the baselines beside them.
 */
export async function runOwnData(options: OwnDataOptions) {
  const { files, models, budget, progress, tell, onRows } = options
  const format = formatOf(options.format)
  const told = Object.entries(files).filter(([, file]) => file !== undefined)
  for (const [name, file] of told) {
    if (!existsSync(file!)) throw new Error(`--${name} ${file}: there is no such file`)
  }
  const protocol = protocolOf(format)
  const whole = await protocol.read(Object.fromEntries(told) as unknown as Files)
  // Said here once, before minutes are spent on models that would each say it.
  if ((whole.part as Partial<Asked>).questions?.length === 0) {
    throw new Error(`--test ${files.test}: asks for nobody that can be answered`)
  }
  const askedMax = options.askedMax ?? askedMaxOf(whole)
  const split = { ...whole, part: someOf(protocol, whole.part, askedMax) }
  // Sets are named after the folder they lie in.
  const set = basename(dirname(resolve(files.train!)))
  const k = options.k ?? lengths[format]
  const rowsOf = ({ model, figures, trainSeconds, peakBytes }: EvaluatedModel) =>
    figures.map((figure) => ({
      ...{ set, protocol: protocol.description, model, ...figure, trainSeconds, peakBytes },
    }))
  // Two learn at a time: each holds the data, and cores beside them are needed by others.
  const threads = Math.min(2, availableParallelism())
  const soFar: OwnRow[] = []
  const evaluation = await evaluate({
    ...{ title: set, format, split, seed: budget?.seed ?? 'own data', gauges },
    ...(models && { models }),
    ...(budget && { budget }),
    ...(k !== undefined && { k }),
    ...(threads > 1 && { threads }),
    ...{ also: await enteredFor(format), onProgress: progress, tell },
    async onJudged(model) {
      const [first] = model.figures
      tell(`  ${model.model}: ${first!.metric} ${first!.value.toFixed(4)}`)
      soFar.push(...rowsOf(model))
      await onRows(soFar)
    },
  })
  const rows = evaluation.models.flatMap(rowsOf)
  const asked = questionsIn(split.part)
  const all = questionsIn(whole.part)
  const drawn = asked < all ? `${asked} of ${all} questions were asked, drawn by chance` : ''
  return { rows, text: `${evaluationText(evaluation)}${drawn && `\n${drawn}`}` }
}

/** Where nothing is told, so many: intervals of more are hardly narrower. */
const askedUsual = 30_000

/** Scores of whole catalogues that a model may be asked for: a minute of most, three of a few. */
const scoresMax = 1.3e9

function askedMaxOf({ data, part }: Split<unknown, unknown>): number {
  const { itemIds } = data as { readonly itemIds?: readonly string[] }
  const isOfFew = (part as Partial<Asked>).questions?.[0]?.candidates !== undefined
  if (itemIds === undefined || isOfFew) return askedUsual
  return Math.min(askedUsual, Math.ceil(scoresMax / itemIds.length))
}

/** Some of the questions, where a test asks them; rows and stars are quick, and told all of. */
function someOf(protocol: ReturnType<typeof protocolOf>, part: unknown, most: number): unknown {
  return questionsIn(part) > most ? protocol.some(part, most, seededRandom('asked')) : part
}

function questionsIn(part: unknown): number {
  return (part as Partial<Asked>).questions?.length ?? 0
}

/** Entries of published sets that take other data of their format as well. */
async function enteredFor(format: Format): Promise<readonly AnyContender[]> {
  const byModel = new Map<string, AnyContender>()
  for (const { set, model: name, takes, settings, space, fit } of await allEntries()) {
    if (takes === undefined || set.protocol.format !== format) continue
    // Settings that are lists are not searched, and reach their own fit only.
    const usual = settings as Settings
    byModel.set(name, { name, takes, settings: usual, fit, ...(space && { space }) })
  }
  return [...byModel.values()]
}

const gauges: Gauges = {
  now: () => performance.now(),
  cpuSeconds() {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  },
  peakBytes: () => process.resourceUsage().maxRSS * 1024,
}

function formatOf(told: string | undefined): Format {
  const format = formats.find((each) => each === told)
  if (format !== undefined) return format
  throw new Error(`--format ${told ?? '(none)'}: must be one of ${formats.join(', ')}`)
}
