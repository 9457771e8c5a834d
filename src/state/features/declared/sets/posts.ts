import type { DeclaredCross, DeclaredSet, NumberForm } from '../declaration.ts'

const count: NumberForm = { form: 'number', log: true, standardise: true }

const starCount = 5

/** Follows come first, then the stars of the post: of the first ones of both, crosses are made. */
const pairs = [1, 2].flatMap((follow) =>
  Array.from({ length: starCount }, (_, place): DeclaredCross => {
    const of = [`follow_star_${follow}`, `related_star_${place + 1}`]
    return {
      ...{ name: of.join('_x_'), of, buckets: 1_000, seed: 'posts' },
      description: 'A star that the user follows, and one that the post is about',
    }
  }),
)

const triples = [
  ['follow_star_1', 'follow_star_2', 'related_star_1'],
  ['follow_star_1', 'follow_star_2', 'related_star_2'],
  ['follow_star_1', 'related_star_1', 'related_star_2'],
  ['follow_star_2', 'related_star_1', 'related_star_2'],
].map(
  (of): DeclaredCross => ({
    ...{ name: of.join('_x_'), of, buckets: 10_000, seed: 'posts' },
    description: 'Stars that the user follows, and stars that the post is about',
  }),
)

/**
 * Posts about stars, and those who follow them: 19 columns, with the label 20. Counts are those of
 * the moment, and lists are cut at 5 and filled with 0.
 */
export const posts: DeclaredSet = {
  name: 'posts',
  version: 1,
  description: 'Posts and their stars, and what users did and whom they follow; 20 columns',
  vocabularies: {
    // With the unknown 500, as the vocabulary of stars has.
    star: { countMax: 499 },
    device: { countMax: 15 },
  },
  fusions: {
    // Who takes a like back, or deletes a comment, has not done it.
    liked: { like: 1, unlike: -1 },
    commented: { comment: 1, 'delete-comment': -1 },
    forwarded: { share: 1 },
  },
  columns: [
    {
      name: 'device_system',
      description: "The system of the user's device, as the record of the user says",
      source: { from: 'user-text', attribute: 'device_system' },
      as: { form: 'category', vocabulary: 'device' },
    },
    ...(
      [
        ['forward_num', 'forwarded', 'Posts that the user forwarded'],
        ['comment_num', 'commented', 'Comments of the user that stand'],
        ['like_num', 'liked', 'Likes of the user that stand'],
      ] as const
    ).map(([name, of, description]) => ({
      name,
      description: `${description}; ln(1 + n)`,
      source: { from: 'user-deeds', of } as const,
      as: count,
    })),
    {
      name: 'publish_num',
      description: 'Posts that the user published, as the record of the user says; ln(1 + n)',
      source: { from: 'user-number', attribute: 'publish_num' },
      as: count,
    },
    ...(
      [
        ['liked_num', 'liked', 'Likes of the post that stand'],
        ['forwarded_num', 'forwarded', 'How often the post was forwarded'],
        ['commented_num', 'commented', 'Comments on the post that stand'],
      ] as const
    ).map(([name, of, description]) => ({
      name,
      description: `${description}; ln(1 + n)`,
      source: { from: 'item-deeds', of } as const,
      as: count,
    })),
    {
      name: 'publish_time',
      description: 'Hours since the post was published; ln(1 + h)',
      source: { from: 'item-age' },
      as: { ...count, absent: 365 * 24 },
    },
    {
      name: 'follow_star_#',
      description: 'Stars that the user follows, the newest first',
      source: { from: 'user-follows', attribute: 'star', count: starCount },
      as: { form: 'category', vocabulary: 'star' },
    },
    {
      name: 'related_star_#',
      description: 'Stars that the post is about, in the order of its record',
      source: { from: 'item-tags', attribute: 'star', count: starCount },
      as: { form: 'category', vocabulary: 'star' },
    },
  ],
  crosses: [...pairs, ...triples],
  labels: [
    {
      name: 'like',
      description: 'The user liked, commented or forwarded the post',
      positive: [{ action: 'like' }, { action: 'comment' }, { action: 'share' }],
      negative: [{ action: 'report' }, { action: 'dislike' }],
    },
  ],
}
