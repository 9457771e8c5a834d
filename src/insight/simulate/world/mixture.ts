import type { Chance } from './chance.ts'

/**
 * How much rarer each next topic is: the shares of genres and channels fall off about like this.
 */
export function topicShare(topic: number): number {
  return 1 / (topic + 2)
}

/**
 * Writes a point of the unit sphere whose first part says how much of each topic there is (a
 * logistic normal, Blei and Lafferty 2007, so a few topics take most) and whose rest holds what no
 * tag tells. The two parts have squared lengths 1 - hiddenShare and hiddenShare, so that the
 * product of two points is the match of their topics and that of the hidden rest, in these shares.
 */
export function fillMixture(
  out: Float32Array,
  { start, topicCount, hiddenCount, hiddenShare, focus }: MixtureShape,
  normal: (part: number) => number,
): void {
  for (let topic = 0; topic < topicCount; topic++) {
    out[start + topic] = topicShare(topic) * Math.exp(focus * normal(topic))
  }
  stretch(out, start, start + topicCount, Math.sqrt(1 - hiddenShare))
  const end = start + topicCount + hiddenCount
  for (let place = start + topicCount; place < end; place++) out[place] = normal(place - start)
  stretch(out, start + topicCount, end, Math.sqrt(hiddenShare))
}

export interface MixtureShape {
  readonly start: number
  readonly topicCount: number
  readonly hiddenCount: number
  readonly hiddenShare: number
  readonly focus: number
}

/** Gives the part of the vector a length. */
export function stretch(vector: Float32Array, start: number, end: number, length: number): void {
  let square = 0
  for (let place = start; place < end; place++) square += vector[place]! ** 2
  const factor = square === 0 ? 0 : length / Math.sqrt(square)
  for (let place = start; place < end; place++) vector[place]! *= factor
}

/** A topic by its share: `u` in (0, 1) chooses. */
export function topicBy(u: number, topicCount: number, shareOf: (topic: number) => number): number {
  let total = 0
  for (let topic = 0; topic < topicCount; topic++) total += Math.max(0, shareOf(topic))
  let left = u * total
  for (let topic = 0; topic < topicCount - 1; topic++) {
    left -= Math.max(0, shareOf(topic))
    if (left < 0) return topic
  }
  return topicCount - 1
}

/** Parts that no tag shows. */
export const hiddenCount = 6

export type Draw = (name: string) => Chance
