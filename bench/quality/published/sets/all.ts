import type { PublishedSet } from '../published-set.ts'
import { amazonBeauty } from './amazon-beauty.ts'
import { diginetica } from './diginetica.ts'
import { frappe } from './frappe.ts'
import { gowalla } from './gowalla.ts'
import { grocery } from './grocery.ts'
import { ml100k } from './ml-100k.ts'
import { ml1mM1 } from './ml1m-m1.ts'
import { ncfMl1m } from './ncf-ml1m.ts'
import { sasrecMl1m } from './sasrec-ml1m.ts'

/** All sets of the table, in its order; each by data of its own kind, not looked at here. */
export const publishedSets = [
  ...[ncfMl1m, ml1mM1, gowalla, sasrecMl1m, amazonBeauty, grocery, diginetica, frappe, ml100k],
] as unknown as readonly PublishedSet<unknown, unknown, unknown>[]
