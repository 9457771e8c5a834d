import { invalid } from '../../../error.ts'
import type { Random } from '../../../kernel/random.ts'

/** What is asked for: a page of a scene, items like another, or a page that was shown before. */
export const kinds = [
  ...['home', 'nearline', 'pyramid', 'baseline', 'stream', 'for-you'],
  ...['channel', 'similar', 'older'],
] as const
export type Kind = (typeof kinds)[number]

/** Shares of what is asked for, of any sum. */
export type Mix = Readonly<Partial<Record<Kind, number>>>

/**
 * What readers of a site ask for, unless told: most ask for more of the front page after they did
 * something there, some look into a channel or at what is like an item, and a few scroll back.
 */
export const defaultMix: Mix = { home: 70, channel: 15, similar: 10, older: 5 }

/** A mix as `home=70,channel=30`. */
export function mixOf(text: string): Mix {
  const mix: Partial<Record<Kind, number>> = {}
  for (const part of text.split(',')) {
    const [name = '', share = ''] = part.split('=')
    const kind = kinds.find((known) => known === name.trim())
    if (kind === undefined) throw invalid('mix', `${name} must be one of ${kinds.join(', ')}`)
    if (!(Number(share) >= 0) || share === '') {
      throw invalid('mix', `${part} must be a name, = and a share >= 0, such as home=70`)
    }
    mix[kind] = Number(share)
  }
  if (totalOf(mix) > 0) return mix
  throw invalid('mix', `${text} must have a share above 0`)
}

/** The share of the mix that the kind has, in [0, 1]. */
export function shareOf(mix: Mix, kind: Kind): number {
  return (mix[kind] ?? 0) / totalOf(mix)
}

/** A kind, as often as its share says. */
export function drawKind(mix: Mix, random: Random): Kind {
  let left = random.next() * totalOf(mix)
  const present = kinds.filter((kind) => (mix[kind] ?? 0) > 0)
  for (const kind of present) {
    left -= mix[kind]!
    if (left < 0) return kind
  }
  return present.at(-1)!
}

function totalOf(mix: Mix): number {
  return kinds.reduce((sum, kind) => sum + (mix[kind] ?? 0), 0)
}
