import type { WorldPlan } from '../world/plan.ts'
import { eveningHours } from './by-hour.ts'

/**
 * A stream of short videos: one at a time, played or swiped past. First set from what is known of
 * such sites; after a first run of the engine was seen, the weight of the mood was defined anew
 * (from 0.5 to 0.9):
 *
 * - A quarter of videos taken at random is watched beyond the first seconds, and half of those are
 *   finished or nearly so: about what logs of random exposure tell (KuaiRand, Gao et al., CIKM
 *   2022).
 * - Every video on a page comes on the screen: no position is passed over; people tire instead, and
 *   sooner of the same subject.
 * - Moods change from visit to visit, tastes within weeks.
 */
export const video: WorldPlan = {
  name: 'video',
  description: 'A stream of short videos of some days: played, liked or swiped past.',
  items: {
    prefix: 'video-',
    topics: [
      { name: 'Comedy', words: ['Prank', 'Sketch', 'Impression', 'Joke', 'Fail'] },
      { name: 'Music', words: ['Cover', 'Riff', 'Chorus', 'Beat', 'Duet'] },
      { name: 'Dance', words: ['Step', 'Battle', 'Routine', 'Spin', 'Challenge'] },
      { name: 'Pets', words: ['Kitten', 'Parrot', 'Puppy', 'Hedgehog', 'Goldfish'] },
      { name: 'Cooking', words: ['Noodle', 'Pancake', 'Curry', 'Dumpling', 'Salad'] },
      { name: 'Gaming', words: ['Boss', 'Speedrun', 'Combo', 'Raid', 'Glitch'] },
      { name: 'Sports', words: ['Goal', 'Dunk', 'Rally', 'Sprint', 'Trick'] },
      { name: 'Beauty', words: ['Braid', 'Lipstick', 'Haircut', 'Nails', 'Glow'] },
      { name: 'Travel', words: ['Beach', 'Market', 'Mountain', 'Night Train', 'Temple'] },
      { name: 'Crafts', words: ['Origami', 'Pottery', 'Knitting', 'Lathe', 'Mosaic'] },
      { name: 'Science', words: ['Magnet', 'Volcano', 'Crystal', 'Pendulum', 'Laser'] },
      { name: 'Cars', words: ['Drift', 'Engine', 'Restoration', 'Convoy', 'Tuning'] },
      { name: 'Fitness', words: ['Plank', 'Squat', 'Stretch', 'Circuit', 'Yoga'] },
      { name: 'Gardens', words: ['Tomato', 'Bonsai', 'Orchid', 'Compost', 'Beehive'] },
    ],
    topicsAs: 'channels',
    focus: 2.2,
    starsPerThousand: 100,
    starAs: 'creator',
    lifeHours: { median: 144, logSpread: 0.6 },
    arrivalShare: 0.14,
    withdrawnShare: 0.005,
    numbers: [{ attribute: 'seconds', typical: 30, spread: 0.6, scale: 'log' }],
  },
  people: { focus: 1.6, driftPerDay: 0.04, followsMax: 4, arrivalShare: 0.02 },
  visits: {
    perDay: 0.8,
    logSpread: 0.9,
    pagesMean: 4,
    pageSize: 8,
    channelShare: 0.05,
    byHour: eveningHours,
  },
  response: {
    clickRate: 0.25,
    pleaseRate: 0.5,
    taste: 1,
    hiddenShare: 0.35,
    mood: 0.9,
    lure: 0.6,
    quality: 0.7,
    ease: 0.5,
    star: 0.7,
    fatigue: 0.3,
    positionPower: 0,
    deeds: { plays: true, rated: 0, liked: 0.15, commented: 0.02, shared: 0.03, disliked: 0.01 },
  },
}
