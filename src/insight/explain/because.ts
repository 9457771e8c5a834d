import type { Timestamp } from '../../events/clock.ts'
import type { Action, ItemId } from '../../events/event.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { Ordinals } from '../../state/state.ts'
import { reasonBeside } from './beside.ts'
import type { Family } from './families.ts'
import { caredForNow } from './interests-behind.ts'
import { likedAlike, likedOfAKind, likedTogether } from './likes-behind.ts'
import { isNew, plainReason, reasonOfSources } from './plain-reasons.ts'
import { type Knowledge, plainly, type Reason, type Subject, type Told } from './subject.ts'

/** Why one item is shown, in a sentence that is true, and the user's own deeds that it rests on. */
export interface Because {
  readonly reason: Reason
  readonly because: string
  /** At most `evidenceCountMax`, newest first. */
  readonly evidence: readonly Evidence[]
}

/** Something that the user did; without an action, the item that the page stands beside. */
export interface Evidence {
  readonly item: ItemId
  readonly title: string
  readonly action?: Action
  readonly value?: number
  readonly at?: Timestamp
}

const evidenceCountMax = 8

/** Less than this part of the strongest reason is no reason to speak of. */
const worthTelling = 0.25

/** How the user's likes speak for an item, by the family of features that found it out. */
const personal: Partial<
  Record<Family, (subject: Subject, knowledge: Knowledge) => Told | undefined>
> = {
  together: likedTogether,
  taste: likedAlike,
  tags: likedOfAKind,
  interest: caredForNow,
}

/** Which source found out what, where there was no ranker to ask. */
const familyBySource: readonly (readonly [source: string, family: Family])[] = [
  ['item-neighbors', 'together'],
  ['beside-liked', 'together'],
  ['nearest', 'taste'],
  ['by-interest', 'interest'],
  ['same-attribute', 'tags'],
  ['each-value', 'tags'],
]

/** Tells why an item is shown: what was decided by hand or by chance, else what weighed most. */
export function becauseOf(
  subject: Subject,
  knowledge: Knowledge,
  ordinals: Pick<Ordinals, 'id'>,
): Because {
  const { reason, because, deeds } = toldOf(subject, knowledge)
  const named = (item: Ordinal) => ({ item: ordinals.id(item), title: knowledge.titleOf(item) })
  const { beside } = subject.trace
  if (beside !== undefined && reason === 'beside') {
    return { reason, because, evidence: [named(beside)] }
  }
  const evidence = deeds.slice(0, evidenceCountMax).map(({ item, action, value, at }): Evidence => {
    return { ...named(item), action, ...(value !== undefined && { value }), at }
  })
  return { reason, because, evidence }
}

function toldOf(subject: Subject, knowledge: Knowledge): Told {
  const { trace, sources, shares } = subject
  if (sources.includes('pinned')) return plainly('pinned', 'An operator pinned it.')
  if (isDrawn(subject)) {
    const few = isNew(subject, knowledge) ? 'New, and few have seen it' : 'Few have seen it yet'
    return plainly('explore', `${few}: we would like to know what you think.`)
  }
  if (trace.beside !== undefined) return reasonBeside(trace.beside, subject, knowledge)
  return shares.length > 0 ? weightiest(subject, knowledge) : bySources(subject, knowledge)
}

/**
 * What the ranker weighed most; among reasons of weight, one that rests on the user's own deeds.
 */
function weightiest(subject: Subject, knowledge: Knowledge): Told {
  const [strongest] = subject.shares.filter(({ contribution }) => contribution > 0)
  const least = (strongest?.contribution ?? Number.POSITIVE_INFINITY) * worthTelling
  const told = subject.shares.filter(({ contribution }) => contribution >= least)
  for (const { family } of told) {
    const found = personal[family]?.(subject, knowledge)
    if (found !== undefined) return found
  }
  for (const share of told) {
    const found = plainReason(share, subject, knowledge)
    if (found !== undefined) return found
  }
  return plainly('filler', 'No one reason stands out: all in all it came next.')
}

function bySources(subject: Subject, knowledge: Knowledge): Told {
  for (const [source, family] of familyBySource) {
    if (!subject.sources.includes(source)) continue
    const found = personal[family]?.(subject, knowledge)
    if (found !== undefined) return found
  }
  return reasonOfSources(subject.sources)
}

/** Was it brought up by the slots that are given to chance? */
function isDrawn({ trace, place, sources, shares }: Subject): boolean {
  // A ranker may have raised it for reasons of its own, which are the better answer.
  if (sources.length === 1 && sources[0] === 'explore' && shares.length === 0) return true
  const slots = trace.mixers.indexOf('explore-slots')
  const row = trace.orders.at(-1)?.[place]
  if (slots < 0 || row === undefined || !sources.includes('explore')) return false
  return trace.orders[slots + 1]!.indexOf(row) < trace.orders[slots]!.indexOf(row)
}
