import type { Fusion } from '../declaration.ts'
import { fusionInForce } from './fusions.ts'
import { itemIdName, itemTags, itemText } from './item-names.ts'
import {
  itemAge,
  itemDeedCount,
  itemNumber,
  itemRatings,
  itemRatio,
  itemTagWeights,
  itemVector,
} from './item-numbers.ts'
import { ownFeature } from './own-feature.ts'
import { requestField, requestPart, requestTime } from './request-values.ts'
import type { Source } from './source.ts'
import type { ColumnGround, FusionOf, SourceReader } from './source-reader.ts'
import {
  userFollows,
  userIdName,
  userLikedItems,
  userRatedItems,
  userRatedTags,
  userText,
} from './user-names.ts'
import {
  likedVector,
  userDeedCount,
  userInterests,
  userNumber,
  userRatedNumber,
  userRatings,
} from './user-numbers.ts'

/** The one place that knows which code reads which source. */
export function readerOf(
  ground: ColumnGround,
  source: Source,
  fusions: Readonly<Record<string, Fusion>>,
): SourceReader {
  const fusionOf: FusionOf = (name, known) => fusionInForce(name, fusions, known)
  switch (source.from) {
    case 'item-number':
      return itemNumber(ground, source)
    case 'item-vector':
      return itemVector(ground, source)
    case 'item-age':
      return itemAge(ground)
    case 'item-deeds':
      return itemDeedCount(ground, source, fusionOf)
    case 'item-ratio':
      return itemRatio(ground, source, fusionOf)
    case 'item-ratings':
      return itemRatings(ground, source)
    case 'item-tag-weights':
      return itemTagWeights(ground, source)
    case 'item-id':
      return itemIdName(ground)
    case 'item-text':
      return itemText(ground, source)
    case 'item-tags':
      return itemTags(ground, source)
    case 'user-ratings':
      return userRatings(source)
    case 'user-rated-number':
      return userRatedNumber(ground, source)
    case 'user-deeds':
      return userDeedCount(source, fusionOf)
    case 'user-number':
      return userNumber(source)
    case 'user-interests':
      return userInterests(source)
    case 'liked-vector':
      return likedVector(ground, source)
    case 'user-id':
      return userIdName()
    case 'user-text':
      return userText(source)
    case 'user-follows':
      return userFollows(source)
    case 'user-rated-items':
      return userRatedItems(ground, source)
    case 'user-liked-items':
      return userLikedItems(ground, source)
    case 'user-rated-tags':
      return userRatedTags(ground, source)
    case 'request-time':
      return requestTime(source)
    case 'request':
      return requestPart(source)
    case 'request-field':
      return requestField(source)
    case 'feature':
      return ownFeature(ground, source)
  }
}
