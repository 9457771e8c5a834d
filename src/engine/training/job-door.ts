import { invalid } from '../../error.ts'
import type { TrainingJobs } from '../views/jobs.ts'
import { isOver } from './jobs/job.ts'
import { trainableKinds } from './kinds/all.ts'
import type { Trainings } from './trainings.ts'

const sizeDefault = 50
const linesDefault = 200

/** Jobs, as the API speaks of them. */
export function jobDoor({ trainings }: { readonly trainings: Trainings }): TrainingJobs {
  const { jobs } = trainings
  return {
    trainableKinds: () =>
      trainableKinds.map(({ kind, summary, models, data, settings }) => ({
        ...{ kind, summary, models, sources: data },
        settings: Object.entries(settings).map(([name, setting]) => ({ name, ...setting })),
      })),

    async jobs({ open, size = sizeDefault } = {}) {
      const all = open === true ? jobs.list().filter((job) => !isOver(job)) : jobs.list()
      return all.slice(0, size)
    },

    startJob: trainings.start,
    job: async (id) => jobs.get(id),

    async cancelJob(id, by) {
      if (by === '') throw invalid('by', 'must say who')
      return jobs.cancel(id, by)
    },

    jobLog: (id, size = linesDefault) => jobs.lines(id, size),
  }
}
