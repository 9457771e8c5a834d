import type { UserId } from '../../events/event.ts'
import { hashText } from '../../kernel/hash.ts'

/** Who is served a version that is tried, and who is not: arms as pages name them. */
export const canaryArm = (model: string, version: number): string => `canary:${model}/${version}`
export const controlArm = (model: string, version: number): string => `control:${model}/${version}`

export const isTrialArm = (arm: string): boolean => /^(canary|control):/.test(arm)

/**
 * Where a user stands among all, in [0, 1): even, the same for ever, and another for every salt.
 * One text is as good an id as another.
 */
export function placeOf(user: UserId, salt: string): number {
  // Salt and user cannot run into each other: no id holds a control character.
  return hashText(`${salt}\u0000${user}`).high / 0x1_0000_0000
}

/** How many crowds users are counted in: so many independent sums tell how far chance reaches. */
export const crowdCount = 128

export const crowdOf = (user: UserId): number => Math.floor(placeOf(user, 'crowd') * crowdCount)
