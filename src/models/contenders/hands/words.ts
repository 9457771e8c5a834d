import type { Question } from '../../evaluation/protocols/question.ts'
import type { Rows } from '../../ranking/rows.ts'
import type { EvaluatedModel } from '../evaluation.ts'
import type { Ground } from '../learn-and-judge.ts'

/** What a thread is begun with: all that can be sent. */
export interface ThreadTask extends Omit<Ground, 'gauges' | 'signal' | 'onProgress' | 'tell'> {
  /** What was learned is asked again later: blends are made of it. */
  readonly isKept: boolean
}

/** What a thread is asked, one thing at a time. */
export type ThreadQuestion =
  | { readonly learn: string; readonly secondsLeft?: number }
  /** What a contender that was learned there says: the final one, or that of its rehearsal. */
  | { readonly ask: string; readonly of: Which; readonly questions: readonly Question[] }
  | { readonly ask: string; readonly of: Which; readonly rows: Rows }

export type Which = 'learned' | 'rehearsal'

/** What it says: things by the way, and at the end one answer or failure. */
export type ThreadWord =
  | { readonly tell: string }
  | { readonly step: string; readonly share: number }
  | { readonly entered: EnteredThere }
  /** Of each question, or each thing that is foretold of rows. */
  | { readonly said: readonly Float32Array[] }
  | { readonly failure: string }

/** A contender that was judged there; what it learned stays. */
export interface EnteredThere {
  readonly model: EvaluatedModel
  readonly fitted?: {
    readonly kind?: string
    readonly rehearsal?: { readonly worth: number; readonly k?: number }
  }
}
