import type { WorldPlan } from '../world/plan.ts'
import { eveningHours } from './by-hour.ts'

/**
 * A community of fans: posts about stars, who are followed. First set from what is known of such
 * sites; after a first run of the engine was seen, the weight of the mood was defined anew (from
 * 0.3 to 0.5):
 *
 * - Whom a post is about decides most: a followed star makes a click about five times as likely.
 *   Half of the users follow somebody openly.
 * - Posts live for days to weeks, and few of them draw most of the answers.
 * - Fans answer: likes and comments are frequent beside clicks.
 */
export const fans: WorldPlan = {
  name: 'fans',
  description: 'A community of fans: posts of days to weeks about followed stars.',
  items: {
    prefix: 'post-',
    topics: [
      { name: 'Stage', words: ['Concert', 'Encore', 'Setlist', 'Spotlight', 'Tour'] },
      { name: 'Photos', words: ['Portrait', 'Airport', 'Magazine', 'Selfie', 'Poster'] },
      { name: 'Series', words: ['Episode', 'Finale', 'Trailer', 'Cast', 'Scene'] },
      { name: 'Songs', words: ['Single', 'Lyric', 'Demo', 'Chart', 'Remix'] },
      { name: 'Gossip', words: ['Rumour', 'Dinner', 'Breakup', 'Secret', 'Party'] },
      { name: 'Fashion', words: ['Gown', 'Sneaker', 'Runway', 'Jacket', 'Ring'] },
      { name: 'Fan Art', words: ['Sketch', 'Mural', 'Comic', 'Doll', 'Banner'] },
      { name: 'Interviews', words: ['Question', 'Podcast', 'Confession', 'Talk', 'Diary'] },
      { name: 'Charity', words: ['Auction', 'Marathon', 'School', 'Shelter', 'Pledge'] },
      { name: 'Meetings', words: ['Signing', 'Birthday', 'Flashmob', 'Station', 'Picnic'] },
    ],
    topicsAs: 'genres',
    focus: 1.8,
    starsPerThousand: 50,
    starAs: 'star',
    lifeHours: { median: 140, logSpread: 0.8 },
    arrivalShare: 0.12,
    withdrawnShare: 0.005,
    numbers: [],
  },
  people: { focus: 1.2, driftPerDay: 0.03, followsMax: 6, arrivalShare: 0.02 },
  visits: {
    perDay: 0.8,
    logSpread: 1,
    pagesMean: 2.5,
    pageSize: 10,
    channelShare: 0,
    byHour: eveningHours,
  },
  response: {
    clickRate: 0.06,
    pleaseRate: 0.6,
    taste: 0.7,
    hiddenShare: 0.3,
    mood: 0.5,
    lure: 0.7,
    quality: 0.7,
    ease: 0.5,
    star: 1.6,
    fatigue: 0.25,
    positionPower: 0.4,
    deeds: { plays: false, rated: 0, liked: 0.35, commented: 0.12, shared: 0.03, disliked: 0.02 },
  },
}
