import type { DeclaredSet } from '../../state/features/declared/declaration.ts'
import type { Encoding } from '../../state/features/declared/encoding/encoding.ts'
import type { Ranker } from '../ranking/ranker.ts'

/**
 * How a feed fills the rows of a model: from the sources that its manifest names, or by the
 * encoding that it was trained with.
 */
export type Filling =
  | { readonly kind: 'raw'; readonly set: DeclaredSet }
  | { readonly kind: 'encoded'; readonly encoding: Encoding; readonly ranker: Ranker }
