import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Feature } from '../feature.ts'
import { tasteNeeds } from '../taste.ts'
import { meanOverTags } from './mean-over-tags.ts'
import { type TagTaste, tagTaste } from './tag-taste.ts'
import { tagWelcome, welcomeNeeds } from './tag-welcome.ts'

/**
 * How well the item's tags go with what the user likes, dislikes, and liked last, and how often
 * they were welcome where they were met.
 */
export function tagAffinity(
  catalogue: Pick<Catalogue, 'size' | 'tags'>,
  attribute: string,
): readonly Feature[] {
  const mean = meanOverTags(catalogue, attribute)
  const taste = tagTaste(catalogue, attribute)
  const part = (name: keyof TagTaste, description: string): Feature =>
    mean({
      name: `${name}-${attribute}`,
      description,
      needs: tasteNeeds,
      weights: (context, known) => taste(context, known)?.[name],
    })
  return [
    part('liked', `Liking that falls on the item's ${attribute}, above chance; mean`),
    part('disliked', `Dislike that falls on the item's ${attribute}, above chance; mean`),
    part('recent', `Share of the last 5 likes with each of the item's ${attribute}; mean`),
    mean({
      name: `welcome-${attribute}`,
      description: `Likes per item met with each of the item's ${attribute}, beside all; mean ln`,
      needs: welcomeNeeds,
      weights: tagWelcome(catalogue, attribute),
    }),
  ]
}
