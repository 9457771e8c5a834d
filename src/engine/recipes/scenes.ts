import type { Scene } from '../../feed/delivery/scene.ts'
import { similarScene } from '../doors/pages.ts'
import { shelvesDefaults, shelvesScene } from '../doors/shelves.ts'
import type { Recipes } from './recipes.ts'

const dayMs = 86_400_000

/** The places where feeds are shown, unless an embedding program brings its own. */
export function defaultScenes({ feed, top, shelves, similar, sets }: Recipes): readonly Scene[] {
  const queued = { delivery: 'queued', recipe: feed, repeatable: false, waitMs: dayMs } as const
  const made = { delivery: 'now', toleratesDeeds: false, waitMs: dayMs } as const
  const beside = { ...made, repeatable: true } as const
  return [
    {
      ...queued,
      name: 'home',
      description: 'The front page of a user: all channels, ranked for them.',
      toleratesDeeds: false,
    },
    {
      ...queued,
      name: 'channel',
      description: 'One channel, named in the request, ranked for the user.',
      toleratesDeeds: false,
    },
    {
      ...queued,
      name: 'stream',
      description:
        'Like home, but what was queued is shown first, whatever the user did meanwhile.',
      toleratesDeeds: true,
    },
    {
      ...queued,
      name: 'nearline',
      description: 'Like home, and prepared before it is asked for: a deed counts within a second.',
      delivery: 'nearline',
      toleratesDeeds: true,
      waitMs: 3 * dayMs,
    },
    {
      ...queued,
      name: 'for-you',
      description: 'Like home, and made anew for every page.',
      delivery: 'now',
      toleratesDeeds: false,
    },
    ...overSets(sets).map((scene) => ({ ...queued, ...scene, toleratesDeeds: false })),
    {
      ...beside,
      name: 'top',
      description: 'The best for a user now; it may show again what was shown.',
      recipe: top,
    },
    {
      ...beside,
      name: shelvesScene,
      description: "A home page of shelves, each about something, in an order of the user's own.",
      recipe: shelves(shelvesDefaults),
    },
    {
      ...beside,
      name: similarScene,
      description: 'What goes with one item.',
      recipe: similar,
    },
  ]
}

/** System F's flow, and the plan that others are compared with. */
function overSets({ baseline, pyramid }: Recipes['sets']) {
  return [
    {
      name: 'baseline',
      description: 'What is hot, new or chosen by operators, the same for all who saw the same.',
      recipe: baseline,
    },
    {
      name: 'pyramid',
      description: 'Recalled for ten minutes at a time; a head of it is ranked after each deed.',
      recipe: pyramid,
    },
  ]
}
