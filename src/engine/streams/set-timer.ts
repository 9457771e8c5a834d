import type { Clock } from '../../events/clock.ts'
import type { CandidateSets } from '../../state/sets/candidate/candidate-sets.ts'

/** How often it is looked what is due: a new declaration is in force within a second. */
const lookMs = 1_000

/**
 * Has candidate sets made when they are due, so that whoever asks first after a quiet hour is not
 * shown the hour before.
 */
export function setTimer(sets: CandidateSets, clock: Clock): AsyncDisposable {
  const timer = setInterval(() => sets.refresh(clock.now()), lookMs).unref()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
    },
  }
}
