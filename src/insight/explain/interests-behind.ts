import type { CaredFor } from '../../feed/pipeline/trace.ts'
import type { Deed } from '../../state/projections/history.ts'
import { channelsName } from '../../state/projections/schema.ts'
import { deedWords, listed, ofOneKind } from './deed-words.ts'
import type { Knowledge, Subject, Told } from './subject.ts'

/**
 * An interest that the item is about: "Because you care for “space”: you played Contact". What is
 * followed needs no deeds: it was said.
 */
export function caredForNow({ trace, item }: Subject, knowledge: Knowledge): Told | undefined {
  let best: { readonly interest: CaredFor; readonly deeds: readonly Deed[] } | undefined
  for (const interest of trace.grounds?.interests ?? []) {
    if (best !== undefined && interest.weight <= best.interest.weight) continue
    if (!isAbout(item, interest, knowledge)) continue
    const deeds = interest.deeds.filter(
      (deed) => deed.item !== item && hasTag(deed.item, interest, knowledge),
    )
    if (deeds.length === 0 && interest.kind !== 'followed') continue
    best = { interest, deeds: ofOneKind(deeds).toSorted((a, b) => b.at - a.at) }
  }
  if (best === undefined) return undefined
  const { interest, deeds } = best
  if (interest.kind === 'followed') {
    return { reason: 'interest', because: `Because you follow “${interest.tag}”.`, deeds: [] }
  }
  const did = deedWords(deeds, listed(deeds.map((deed) => knowledge.titleOf(deed.item))))
  const when = interest.kind === 'session' ? ' right now' : ''
  return {
    reason: 'interest',
    because: `Because you care for “${interest.tag}”${when}: you ${did}.`,
    deeds,
  }
}

/** Interests are in what the items of a channel are about; follows hold everywhere. */
function isAbout(item: number, interest: CaredFor, knowledge: Knowledge): boolean {
  if (!hasTag(item, interest, knowledge)) return false
  if (interest.kind === 'followed') return true
  const channels = knowledge.catalogue.tags(channelsName)
  if (interest.channel === '') return (channels?.of(item).length ?? 0) === 0
  const code = channels?.code(interest.channel)
  return code !== undefined && channels!.has(item, code)
}

function hasTag(item: number, { attribute, tag }: CaredFor, { catalogue }: Knowledge): boolean {
  const column = catalogue.tags(attribute)
  const code = column?.code(tag)
  return code !== undefined && column!.has(item, code)
}
