import { likedNeighbors } from '../../state/features/liked-neighbors.ts'
import { tagTaste } from '../../state/features/tags/tag-taste.ts'
import { type Factors, userVector } from '../../state/features/user-vector.ts'
import { lastLiked } from '../shelves/last-liked.ts'
import { besideLiked } from './beside-liked.ts'
import { eachValue } from './each-value.ts'
import { explore } from './explore.ts'
import { unseen } from './fit.ts'
import { byInterest } from './interest/by-interest.ts'
import { itemNeighbors } from './item-neighbors.ts'
import { nearest } from './nearest.ts'
import { pinned } from './pinned.ts'
import { sameAttribute } from './same-attribute.ts'
import { fresh } from './sets/fresh.ts'
import { popular } from './sets/popular.ts'
import { trending } from './sets/trending.ts'
import { sourceSuite } from './source.suite.ts'
import { sweep } from './sweep.ts'

/** A model of fewer items than there are. */
const factors: Factors = {
  dims: 2,
  itemCount: 40,
  items: Float32Array.from({ length: 80 }, (_, index) => Math.sin(index * index)),
  foldIn: (items, weights) => Float32Array.of(items.length, weights[0]!),
  footing: { alpha: 1, stiffness: 1 },
}

sourceSuite('by-interest', ({ catalogue, trending }) =>
  byInterest({
    catalogue,
    attributes: ['channels', 'genres'],
    set: trending,
    fit: unseen(catalogue),
  }),
)
sourceSuite('trending', (world) => trending(world.trending, unseen(world.catalogue)))
sourceSuite('fresh', (world) => fresh(world.fresh, unseen(world.catalogue)))
sourceSuite('popular', (world) => popular(world.popular, unseen(world.catalogue)))
sourceSuite('explore', (world) => explore(world.rare, unseen(world.catalogue)))
sourceSuite('sweep', ({ catalogue, trending }) => sweep(catalogue, trending, unseen(catalogue)))

sourceSuite('item-neighbors', ({ catalogue, neighbors }) =>
  itemNeighbors({
    lists: neighbors,
    liked: likedNeighbors(neighbors),
    fit: unseen(catalogue),
  }),
)

for (const model of [factors, undefined]) {
  sourceSuite(`nearest ${model === undefined ? 'before' : 'after'} the first training`, (world) =>
    nearest({
      factors: () => model,
      user: userVector(() => model),
      fit: unseen(world.catalogue),
    }),
  )
}

sourceSuite('same-attribute', ({ catalogue, trending }) =>
  sameAttribute({
    catalogue,
    attributes: ['genres', 'nobody has it'],
    set: trending,
    fit: unseen(catalogue),
  }),
)

sourceSuite('pinned', ({ state, catalogue }) => {
  const pins = ['i9', 'i8', 'nobody knows it', 'i9', 'i3'].map((item, place) => ({
    item,
    position: 9 - place,
  }))
  return pinned(state.ordinals, () => ({ home: pins }), unseen(catalogue))
})

sourceSuite('each-value', ({ catalogue, trending }) =>
  eachValue({
    ...{ catalogue, attribute: 'genres', taste: tagTaste(catalogue, 'genres') },
    ...{ set: trending, fit: unseen(catalogue), depth: 5 },
  }),
)

sourceSuite('beside-liked', ({ catalogue, neighbors }) =>
  besideLiked(lastLiked(neighbors, catalogue), unseen(catalogue)),
)
