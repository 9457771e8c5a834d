import type { Timestamp } from '../../events/clock.ts'
import type { Json, ModelEvent, ModelStep } from '../../events/event.ts'
import { decodeJson, encodeJson } from '../projections/json-value.ts'
import type { Happening, Projection } from '../projections/projection.ts'

/** How a model came to stand as it stands, and what is being tried. */
export interface Release {
  readonly trial?: Trial
  /** How far the shadow of the trial had counted when it last said so. */
  readonly tally?: Json
  /** The newest first. */
  readonly steps: readonly ReleaseStep[]
}

/** A version on its way to serve. */
export interface Trial {
  readonly version: number
  readonly phase: 'shadow' | 'canary'
  readonly share: number
  readonly since: Timestamp
}

export interface ReleaseStep extends Pick<ModelEvent, 'version' | 'by' | 'why'> {
  readonly step: Exclude<ModelStep, 'tallied'>
  readonly at: Timestamp
  readonly share?: number
  readonly figures?: Readonly<Record<string, number>>
}

/** The log keeps them all; this many are told at once. */
const stepsMost = 200

/** What was done about the versions of each model, by its name. */
export const releases: Projection<Release, ModelEvent> = {
  name: 'releases',
  version: 1,
  keyBy: 'other',

  changes: ({ event }: Happening) => (event.type === 'model' ? [[event.model, event]] : []),

  fold(value, { step, version, at, by, why, share, figures, tally }) {
    if (step === 'tallied') return tallied(value, version, tally)
    const told: ReleaseStep = {
      ...{ step, version, at, by, why },
      ...(share !== undefined && { share }),
      ...(figures !== undefined && { figures }),
    }
    const { trial, tally: counted, steps: before = [] } = value ?? {}
    const steps = [told, ...before].slice(0, stepsMost)
    if (step === 'shadow' || step === 'canary') {
      return { trial: { version, phase: step, share: share ?? 0, since: at }, steps }
    }
    // What ends with a version ends the trial of that version alone.
    if (trial === undefined || (ends.has(step) && trial.version === version)) return { steps }
    return { trial, ...(counted !== undefined && { tally: counted }), steps }
  },

  encode: encodeJson,
  decode: decodeJson,
}

/** What was counted of a trial that is over meanwhile is nothing any more. */
function tallied(value: Release | undefined, version: number, tally: Json | undefined): Release {
  const { trial, steps = [] } = value ?? {}
  if (trial === undefined) return { steps }
  const isOfIt = trial.phase === 'shadow' && trial.version === version && tally !== undefined
  if (isOfIt) return { trial, tally, steps }
  return value!
}

const ends: ReadonlySet<ModelStep> = new Set(['promoted', 'rejected', 'rolled-back', 'stopped'])
