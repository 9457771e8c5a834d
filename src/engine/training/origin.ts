import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Timestamp } from '../../events/clock.ts'
import type { ItemId } from '../../events/event.ts'
import type { Offset } from '../../events/log/event-log.ts'
import type { Artifact } from '../../models/model.ts'
import type { Ordinals } from '../../state/state.ts'
import type { Likes } from './likes.ts'

/** Where a model comes from: enough to learn it once more. Part of the header of its artifact. */
export interface Origin {
  /** The place of the log at which it stopped reading. */
  readonly through: Offset
  /** The items by their ordinals, as a fingerprint: they mean nothing beside another list. */
  readonly items: string
  readonly itemCount: number
  /** What it was learned from, by place and by time. */
  readonly range: {
    readonly from: Offset
    readonly through: Offset
    readonly fromAt: Timestamp
    readonly throughAt: Timestamp
  }
  readonly seed: number | string
  readonly settings: Readonly<Record<string, number | string>>
  /** The version of the program that learned it. */
  readonly code: string
}

export function originOf(
  {
    ordinals,
    through,
    firstAt,
    lastAt,
  }: Pick<Likes, 'ordinals' | 'through' | 'firstAt' | 'lastAt'>,
  from: Offset,
  { seed, settings }: Pick<Origin, 'seed' | 'settings'>,
): Origin {
  return {
    ...{ through, seed, settings, code: codeVersion() },
    items: fingerprintOf(ordinals, ordinals.size),
    itemCount: ordinals.size,
    range: { from, through, fromAt: firstAt, throughAt: lastAt },
  }
}

/** Says in the artifact what the model learned from. */
export function labelled(artifact: Artifact, origin: Origin): Artifact {
  return { ...artifact, header: { ...artifact.header, ...origin } }
}

export function fingerprintOf(ordinals: Pick<Ordinals, 'id'>, count: number): string {
  const hash = createHash('sha256')
  for (let ordinal = 0; ordinal < count; ordinal++) {
    hash.update(ordinals.id(ordinal) satisfies ItemId).update('\n')
  }
  return hash.digest('hex').slice(0, 32)
}

let code: string | undefined

function codeVersion(): string {
  if (code === undefined) {
    const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
    code = (JSON.parse(text) as { version: string }).version // Our own file.
  }
  return code
}
