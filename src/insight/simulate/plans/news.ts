import type { WorldPlan } from '../world/plan.ts'
import { commutingHours } from './by-hour.ts'

/**
 * A news site: items live for hours to days, and stand in channels. First set from what is known
 * of such sites; after a first run of the engine was seen, the weight of the mood was defined anew
 * (from 0.4 to 0.7):
 *
 * - Clicks: 4 % of the headlines shown, as in the logs of MSN News (MIND, Wu et al., ACL 2020);
 *   most of them are old within two days there.
 * - Looks against taste: headlines lure (looks agree with worth by one half only), and much is read
 *   by everybody, so looks weigh as much as taste.
 * - Dwell tells what a click does not (Yi et al., RecSys 2014): a minute for what pleased.
 * - Position: the steepest of the four worlds, a column read from above (Craswell et al. 2008).
 */
export const news: WorldPlan = {
  name: 'news',
  description: 'A news site: items of hours to days, channels, clicks and time spent reading.',
  items: {
    prefix: 'news-',
    topics: [
      { name: 'Politics', words: ['Election', 'Minister', 'Senate', 'Treaty', 'Coalition'] },
      { name: 'Sports', words: ['Final', 'Striker', 'Marathon', 'Coach', 'Transfer'] },
      { name: 'Business', words: ['Merger', 'Market', 'Startup', 'Tariff', 'Earnings'] },
      { name: 'World', words: ['Summit', 'Border', 'Ceasefire', 'Embassy', 'Mission'] },
      { name: 'Local', words: ['Council', 'Tramline', 'Harbour', 'Festival', 'Roadworks'] },
      { name: 'Technology', words: ['Chip', 'Browser', 'Satellite', 'Network', 'Update'] },
      { name: 'Health', words: ['Vaccine', 'Clinic', 'Diet', 'Trial', 'Virus'] },
      { name: 'Culture', words: ['Exhibition', 'Novel', 'Premiere', 'Orchestra', 'Museum'] },
      { name: 'Science', words: ['Comet', 'Fossil', 'Genome', 'Telescope', 'Reef'] },
      { name: 'Travel', words: ['Railway', 'Island', 'Airline', 'Trail', 'Hotel'] },
      { name: 'Food', words: ['Recipe', 'Bakery', 'Vineyard', 'Chef', 'Spice'] },
      { name: 'Weather', words: ['Storm', 'Heatwave', 'Flood', 'Frost', 'Forecast'] },
    ],
    topicsAs: 'channels',
    focus: 2,
    starsPerThousand: 60,
    starAs: 'author',
    lifeHours: { median: 20, logSpread: 0.7 },
    arrivalShare: 0.94,
    withdrawnShare: 0.005,
    numbers: [{ attribute: 'words', typical: 550, spread: 0.5, scale: 'log' }],
  },
  people: { focus: 1.3, driftPerDay: 0.04, followsMax: 2, arrivalShare: 0.02 },
  visits: {
    perDay: 1,
    logSpread: 0.9,
    pagesMean: 2,
    pageSize: 10,
    channelShare: 0.2,
    byHour: commutingHours,
  },
  response: {
    clickRate: 0.04,
    pleaseRate: 0.5,
    taste: 0.9,
    hiddenShare: 0.3,
    mood: 0.7,
    lure: 0.9,
    quality: 0.7,
    ease: 0.5,
    star: 0.5,
    fatigue: 0.35,
    positionPower: 0.6,
    deeds: {
      plays: false,
      read: { pleasedMs: 60_000, otherMs: 8_000 },
      ...{ rated: 0, liked: 0.06, commented: 0.02, shared: 0.02, disliked: 0.02 },
    },
  },
}
