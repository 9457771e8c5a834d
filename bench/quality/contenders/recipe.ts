import { runRecipe } from '../../../src/feed/pipeline/pipeline.ts'
import { keptRow } from '../../../src/feed/pipeline/trace.ts'
import type { RankerInForce } from '../../../src/feed/rank/learned.ts'
import { seededRandom } from '../../../src/kernel/random.ts'
import type { World } from '../../harness/world.ts'
import type { Contender, Moment, Training } from '../contender.ts'

/**
 * The feed's own recipe, run as a request runs it, over the world as it stands at the moment. Three
 * rows of one run: all that recall brought and the filters left, in recall's order, which is the
 * ceiling of any ranker; the order of the learned ranker; and the page as served, with its shares,
 * its spread of genres and its places for chance.
 */
export function recipe(
  world: World,
  ranker: RankerInForce | undefined,
  training: Training,
): Contender {
  const random = seededRandom('requests')
  const askOf = ({ user, at }: Moment) => ({
    ...{ user, at, scene: 'for-you', channel: '', fields: {}, request: '', size: 10 },
    excluded: new Set<number>(),
    random: random.fork(`${user}/${at}`),
    signal: new AbortController().signal,
  })
  return {
    rows: ['recall', 'ranker', 'recipe'],
    training,
    async rank(moment) {
      world.rankBy(ranker)
      const slate = await runRecipe(world.recipe, askOf(moment), world.state)
      if (slate.failures.length > 0) throw new Error(slate.failures.join('; '))
      const { items, orders, droppedBy } = slate.trace
      const ranked = orders[0]!.slice(0, world.recipe.slateSizeMax)
      return [
        { list: items.filter((_, row) => droppedBy[row] === keptRow) },
        { list: Uint32Array.from(ranked, (row) => items[row]!) },
        { list: slate.entries.map(({ item }) => item) },
      ]
    },
  }
}
