import { StarlingError } from '../../../error.ts'
import type { Recommender } from '../../evaluation/protocols/question.ts'
import type { Settings } from '../../search/space.ts'
import { type Contender, numberOf as of } from '../contender.ts'
import { orPopular } from './or-popular.ts'
import type { LearnedFrom } from './voices/attention-beside-counts.ts'
import { fitCountedPool } from './voices/counted-pool.ts'
import { countedOf, usualCounts } from './voices/voice-settings.ts'
import { withheld } from './voices/withheld.ts'

/** Fewer steps would weigh by chance. */
const stepsMin = 500

/** Of counts, as their search chose them. */
interface PoolOfCounts extends Recommender {
  readonly counts: Settings
}

/**
 * What counts sessions, with the settings that its own search chose, pooled with what is in demand:
 * nothing is searched again, and the newest sessions say how loud everything is.
 */
export function poolOfCounts(counted: string): Contender<LearnedFrom, Recommender> {
  return {
    ...{ name: `${counted} pooled with demand`, isBlend: true, takes: () => true },
    settings: { reach: 60, floor: 1e-3, fading: 0.7, newest: 0.045, passes: 20, weighedBy: 4_000 },
    // The fit below gives no other.
    told: (learned) => (learned as PoolOfCounts).counts,
    async fit(data, settings, run, others = []) {
      const { train } = data
      const counts = others.find(({ name }) => name === counted)?.settings ?? usualCounts.sessions
      const part = withheld(data, 'sessions', of(settings, 'weighedBy'))
      const steps = part.asked.questions.length
      if (steps < stepsMin) {
        const message = `${steps} steps of the newest sessions are too few to weigh by`
        throw new StarlingError('failed_precondition', message)
      }
      const pooled = await fitCountedPool(
        { train, withheld: part },
        {
          ...countedOf(counts),
          ...{ reach: of(settings, 'reach'), floor: of(settings, 'floor'), inOrder: true },
          ...{ fading: of(settings, 'fading'), newest: of(settings, 'newest') },
          passes: of(settings, 'passes'),
        },
        run,
      )
      const pool: PoolOfCounts = { ...orPopular(pooled, train.items, train.itemCount), counts }
      return pool
    },
  }
}
