import type { Feature } from '../../feature.ts'
import type { DeclaredSet } from '../declaration.ts'

/** All features that the engine has of itself, recall ranks among them, as one declared set. */
export function ownFeatures(features: readonly Feature[]): DeclaredSet {
  const description = "The engine's own features, and how good its sources held each item"
  return setOf('engine', description, features)
}

/**
 * The same, and what sources say that come and go: models that were trained for recall, and
 * candidate sets. It is learned from what was logged as used, which alone tells what they proposed.
 */
export function loggedFeatures(
  features: readonly Feature[],
  coming: readonly Feature[],
): DeclaredSet {
  const description = "The engine's own features, and what models and candidate sets proposed"
  return setOf('engine-logged', description, [...features, ...coming])
}

function setOf(name: string, description: string, features: readonly Feature[]): DeclaredSet {
  return {
    name,
    // From version 2 on it tells scores of recall.
    version: 2,
    description,
    columns: features.map(({ name, description, absent }) => ({
      name,
      description,
      source: { from: 'feature', name },
      as: { form: 'number', absent },
    })),
    labels: [
      {
        name: 'like',
        description: 'The user did with the item what counts as a like',
        positive: [
          { action: 'like' },
          { action: 'collect' },
          { action: 'share' },
          { action: 'comment' },
          { action: 'play', from: 0.5 },
          { action: 'rate', from: 3.5 },
        ],
        negative: [{ action: 'report' }, { action: 'dislike' }],
      },
      {
        name: 'click',
        description: 'The user opened the item',
        positive: [{ action: 'click' }],
      },
    ],
  }
}
