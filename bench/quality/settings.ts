import { learnSettings } from '../../src/engine/training/learn.ts'
import type { ItemKnnSettings } from './contenders/item-knn.ts'

/** Chosen by `npm run bench:quality -- --search`, on the validation part. */
export const itemKnnSettings: ItemKnnSettings = { neighbors: 200, shrinkage: 5, recent: 1_000 }

/** Those of the engine itself, which the same search chose. */
export const recipeSettings = learnSettings

/** Actions after which item-kNN is learned anew. */
export const refitEvery = 1_000
