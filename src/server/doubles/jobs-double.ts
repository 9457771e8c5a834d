import type { Engine } from '../../engine/engine.ts'
import type { JobView } from '../../engine/views/jobs.ts'
import type { VersionAsk } from '../../engine/views/releases.ts'
import { StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import type { ReleaseStep } from '../../state/releases/releases.ts'

type ReleasePart = 'release' | 'promoteModel' | 'rejectModel' | 'rollbackModel' | 'tryModel'

type Part = 'trainableKinds' | 'jobs' | 'startJob' | 'job' | 'cancelJob' | 'jobLog'

/** The part of the engine double that learns: it never gets past the line. */
export function jobsDouble(clock: Clock): Pick<Engine, Part | ReleasePart> {
  const jobs: JobView[] = []
  const find = (id: string): JobView => {
    const job = jobs.find((each) => each.id === id)
    if (job !== undefined) return job
    throw new StarlingError('not_found', `no job ${id} is kept`, { field: 'id' })
  }
  const steps: ReleaseStep[] = []
  const step = async (step: ReleaseStep['step'], { model, version, by, why = '' }: VersionAsk) => {
    steps.unshift({ step, version, by, why, at: clock.now() })
    return { model, serving: 1, steps: [...steps] }
  }
  return {
    trainableKinds: () => [
      {
        ...{ kind: 'ranker', summary: 'All that is learned.', models: ['ranker'] },
        sources: ['log'],
        settings: [{ name: 'l2', description: 'Penalty.', initial: 10, least: 1, most: 100 }],
      },
    ],
    jobs: async () => [...jobs].reverse(),

    async startJob({ kind, settings = {}, memoryMb = 2048, by = '' }) {
      const id = String(jobs.length + 1)
      const job: JobView = {
        ...{ id, kind, settings: settings as JobView['settings'], source: 'log', memoryMb, by },
        ...{ status: 'queued', askedAt: clock.now(), attempts: 0 },
      }
      jobs.push(job)
      return job
    },

    release: async (model) => ({ model, serving: 1, steps: [...steps] }),
    promoteModel: (ask) => step('promoted', ask),
    rejectModel: (ask) => step('rejected', ask),
    rollbackModel: (ask) => step('rolled-back', { ...ask, version: 1 }),
    tryModel: (ask) => step(ask.phase, ask),

    job: async (id) => find(id),

    async cancelJob(id, by) {
      const trouble = `cancelled by ${by}`
      const job: JobView = { ...find(id), status: 'cancelled', trouble, endedAt: clock.now() }
      jobs[jobs.findIndex((each) => each.id === id)] = job
      return job
    },

    async jobLog(id) {
      return [{ at: find(id).askedAt, line: 'waits' }]
    },
  }
}
