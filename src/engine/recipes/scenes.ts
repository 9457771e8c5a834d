import type { Scene } from '../../feed/delivery/scene.ts'
import { similarScene } from '../doors/pages.ts'
import type { Recipes } from './recipes.ts'

const dayMs = 86_400_000

/** The places where feeds are shown, unless an embedding program brings its own. */
export function defaultScenes({ feed, similar }: Recipes): readonly Scene[] {
  const queued = { delivery: 'queued', recipe: feed, repeatable: false, waitMs: dayMs } as const
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
      name: 'for-you',
      description: 'Like home, and made anew for every page.',
      delivery: 'now',
      toleratesDeeds: false,
    },
    {
      name: similarScene,
      description: 'What goes with one item.',
      delivery: 'now',
      recipe: similar,
      repeatable: true,
      toleratesDeeds: false,
      waitMs: dayMs,
    },
  ]
}
