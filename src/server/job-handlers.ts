import type { Engine } from '../engine/engine.ts'
import type { Handlers } from './handler.ts'

type ReleaseNames = 'modelHistory' | 'promoteModel' | 'rejectModel' | 'tryModel' | 'rollbackModel'

type JobNames = 'listTrainable' | 'listJobs' | 'startJob' | 'getJob' | 'cancelJob' | 'jobLog'

/** What is learned, and how far it is. */
export function jobHandlers(engine: Engine): Pick<Handlers, JobNames | ReleaseNames> {
  return {
    listTrainable: async () => ({ kinds: engine.trainableKinds() }),
    listJobs: async (request) => ({ jobs: await engine.jobs(request) }),
    startJob: ({ by, ...wanted }, caller) => engine.startJob({ ...wanted, by: by ?? caller.name }),
    getJob: ({ id }) => engine.job(id),
    cancelJob: ({ id, by }, caller) => engine.cancelJob(id, by ?? caller.name),
    modelHistory: ({ name }) => engine.release(name),
    promoteModel: ({ name, by, ...ask }, caller) =>
      engine.promoteModel({ ...ask, model: name, by: by ?? caller.name }),
    rejectModel: ({ name, by, ...ask }, caller) =>
      engine.rejectModel({ ...ask, model: name, by: by ?? caller.name }),
    tryModel: ({ name, by, ...ask }, caller) =>
      engine.tryModel({ ...ask, model: name, by: by ?? caller.name }),
    rollbackModel: ({ name, by, ...ask }, caller) =>
      engine.rollbackModel({ ...ask, model: name, by: by ?? caller.name }),
    jobLog: async ({ id, size }) => ({ lines: await engine.jobLog(id, size) }),
  }
}
