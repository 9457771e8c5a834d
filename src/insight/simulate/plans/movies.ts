import type { WorldPlan } from '../world/plan.ts'
import { eveningHours } from './by-hour.ts'
import { filmTopics } from './film-topics.ts'

/**
 * A film site: a lasting catalogue, clicks, stars and likes. First set from what is known of such
 * sites; visits and mood were changed after first runs, as told below:
 *
 * - Taste against quality: on Netflix ratings, whoever is known by name explains about a third of
 *   what the biases of films and users do (Koren and Bell 2011, 10 % and 33 % of the variance), but
 *   that is among films they had chosen to see. The choice itself is where taste works: rankers
 *   that know the user double or treble the recall of popularity on MovieLens. So taste weighs more
 *   than looks, and less than twice as much.
 * - Position: readers of a grid look at most of it, the first places most (Zhao et al., CHI 2016);
 *   a power of 0.35 leaves the twelfth place 42 %. Examination apart from attraction: Craswell et
 *   al. 2008.
 * - Drift: a taste turns by about 10° in a month (Koren 2009 finds slow drift, and days of their
 *   own).
 * - Visits: every other day on average, of two pages; some come daily, many once a week
 *   (log-normal, as activity on most sites is). Who walks through the whole catalogue leaves no
 *   choice to a feed: after the rule feeds had been seen to use it up, visits were made fewer (0.8
 *   a day before) and shorter (2.5 pages).
 * - Mood: for one visit, twice the odds for films of one genre; no feed can know it beforehand. Its
 *   weight was defined anew after a first run of the engine had been seen (from 0.4 to 0.7).
 * - Clicks: 6 % of posters looked at, of films taken at random.
 */
export const movies: WorldPlan = {
  name: 'movies',
  description: 'A film site: a lasting catalogue, clicks, stars and likes.',
  items: {
    prefix: 'film-',
    topics: filmTopics,
    topicsAs: 'genres',
    focus: 2,
    starsPerThousand: 120,
    starAs: 'cast',
    arrivalShare: 0.004,
    withdrawnShare: 0.0005,
    numbers: [
      { attribute: 'year', typical: 1998, spread: 14, scale: 'plain' },
      { attribute: 'minutes', typical: 105, spread: 0.18, scale: 'log' },
    ],
  },
  people: { focus: 1.5, driftPerDay: 0.03, followsMax: 3, arrivalShare: 0.01 },
  visits: {
    perDay: 0.5,
    logSpread: 0.9,
    pagesMean: 2,
    pageSize: 12,
    channelShare: 0,
    byHour: eveningHours,
  },
  response: {
    clickRate: 0.06,
    pleaseRate: 0.6,
    taste: 1.1,
    hiddenShare: 0.3,
    mood: 0.7,
    lure: 0.7,
    quality: 0.8,
    ease: 0.5,
    star: 1,
    fatigue: 0.25,
    positionPower: 0.35,
    deeds: { plays: false, rated: 0.5, liked: 0.25, commented: 0, shared: 0.02, disliked: 0.03 },
  },
}
