import { invalid, StarlingError } from '../../../error.ts'
import type { Releases } from '../../views/releases.ts'
import type { ReleaseActs, ReleaseDeskOptions } from './release-acts.ts'
import type { TrialBench } from './trial-bench.ts'

/** What people ask to be done about versions. */
export function askedFor(
  { models }: ReleaseDeskOptions,
  trials: TrialBench,
  { servingOf, checkOwn, view, begin, promote, reject, rollback }: ReleaseActs,
): Omit<Releases, 'release'> {
  return {
    async promoteModel({ model, version, by, why = 'asked for' }) {
      await checkOwn(model)
      await promote(model, version, { by, why })
      return view(model)
    },

    async rejectModel({ model, version, by, why = 'asked for' }) {
      await checkOwn(model)
      await reject('rejected', model, version, { by, why })
      return view(model)
    },

    async rollbackModel({ model, by, why = 'asked for' }) {
      await checkOwn(model)
      await rollback(model, { by, why })
      return view(model)
    },

    async tryModel({ model, version, phase, share, by, why = 'asked for' }) {
      if (!(share > 0 && share <= 1)) throw invalid('share', `${share} must be > 0 and <= 1`)
      await checkOwn(model)
      const refuse = (message: string): never => {
        throw new StarlingError('failed_precondition', message)
      }
      const versions = await models.registry.list(model)
      if (!versions.some((one) => one.version === version)) {
        throw new StarlingError('not_found', `there is no ${model}/${version}`, {
          field: 'version',
        })
      }
      const serving = servingOf(model)
      if (serving === undefined) refuse(`there is no ${model} to try it beside`)
      if (serving === version) refuse(`${model}/${version} serves everybody already`)
      const current = trials.of(model)
      if (current !== undefined && current.version !== version) {
        refuse(`${model}/${current.version} is on trial: promote or reject it first`)
      }
      await begin(model, phase, { version, share, by, why })
      return view(model)
    },
  }
}
