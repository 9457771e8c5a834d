/** A thread that learns and judges contenders by name, and answers for those it has learned. */
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type { Foretelling } from '../../calibration/on-validation.ts'
import type { Recommender } from '../../evaluation/protocols/question.ts'
import type { Fitted } from '../contender.ts'
import { fieldOf } from '../contenders-of.ts'
import { type Gauges, type Ground, learnAndJudge } from '../learn-and-judge.ts'
import type { EnteredThere, ThreadQuestion, ThreadTask, ThreadWord } from './words.ts'

const port = parentPort!
const { isKept, ...task } = workerData as ThreadTask
const { contenders } = fieldOf(task.format)
const kept = new Map<string, Fitted<unknown>>()

const say = (word: ThreadWord, moved: readonly ArrayBuffer[] = []): void =>
  port.postMessage(word, moved)

/** Of this thread alone, where the system tells; else of the process, with all that others do. */
function cpuSeconds(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e9
  } catch {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  }
}

const gauges: Gauges = {
  ...{ now: () => performance.now(), cpuSeconds },
  peakBytes: () => process.resourceUsage().maxRSS * 1024,
}

const ground: Ground = {
  ...{ ...task, gauges },
  tell: (line) => say({ tell: line }),
  onProgress: (step, share) => say({ step, share }),
}

async function learn(name: string, secondsLeft?: number): Promise<EnteredThere> {
  const contender = contenders.find((each) => each.name === name)
  if (contender === undefined) throw new Error(`there is no ${name} for ${task.format}`)
  const { model, fitted } = await learnAndJudge(contender, ground, secondsLeft)
  if (fitted === undefined) return { model }
  if (isKept) kept.set(name, fitted)
  const { kind, rehearsal } = fitted
  const { worth, k } = rehearsal ?? {}
  return {
    model,
    fitted: {
      ...(kind && { kind }),
      ...(worth !== undefined && { rehearsal: { worth, ...(k !== undefined && { k }) } }),
    },
  }
}

async function answer(question: ThreadQuestion): Promise<void> {
  if ('learn' in question)
    return say({ entered: await learn(question.learn, question.secondsLeft) })
  const fitted = kept.get(question.ask)
  const learned = question.of === 'learned' ? fitted?.learned : fitted?.rehearsal?.learned
  if (learned === undefined) throw new Error(`nothing is kept of ${question.ask}`)
  const answers =
    'rows' in question
      ? await (learned as Foretelling).predict(question.rows)
      : await (learned as Recommender).score(question.questions)
  // They are moved, not copied: what shares its memory with others must be cut out of it.
  const own = answers.map((each) =>
    each.byteLength === each.buffer.byteLength ? each : each.slice(),
  )
  say({ said: own }, [...new Set(own.map(({ buffer }) => buffer as ArrayBuffer))])
}

port.on('message', (question: ThreadQuestion) => {
  answer(question).catch((error: unknown) =>
    say({ failure: error instanceof Error ? error.message : String(error) }),
  )
})
