import { attentionFamily } from './attention-family.ts'
import { contentFamily } from './content-family.ts'
import { matrixFamilies } from './matrix-families.ts'
import type { RecallFamily } from './recall-family.ts'
import { sequenceFamilies } from './sequence-families.ts'
import { vectorFamilies } from './vector-families.ts'

/** All that recall can be trained to go by. To add one: write it, and name it here. */
export const recallFamilies: readonly RecallFamily[] = [
  ...matrixFamilies,
  ...sequenceFamilies,
  ...vectorFamilies,
  attentionFamily,
  contentFamily,
]
