import { actions } from './actions.ts'
import { catalogue } from './catalogue.ts'
import { comers } from './comers.ts'
import { deeds } from './deeds.ts'
import type { Fact, FactName } from './fact.ts'
import { knowledge } from './knowledge.ts'
import { lists } from './lists.ts'
import { offers } from './offers.ts'
import { pages } from './pages.ts'
import { repeats } from './repeats.ts'
import { runs } from './runs.ts'
import { slots } from './slots.ts'

/** All that can be counted. */
export const facts: Readonly<Record<FactName, Fact>> = {
  actions,
  slots,
  pages,
  lists,
  repeats,
  knowledge,
  runs,
  offers,
  catalogue,
  comers,
  deeds,
}
