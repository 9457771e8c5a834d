/** One visit of one user: what they do with each page, until they leave. */
import type { ItemId, UserId } from '../../../events/event.ts'
import type { Deed, FeedPage } from '../feed.ts'
import type { DeedPlan } from './plan.ts'
import { chanceOf } from './response.ts'
import type { Visit } from './visits.ts'

export interface Stay extends Visit {
  readonly id: UserId
  /** The topic that the user is in the mood for. */
  readonly mood: number
  /** '' for the front page. */
  readonly channel: string
  readonly scene: 'home' | 'channel'
  /** What a page of these items is worth now, in expectation: clicks that please. */
  worth(items: readonly number[]): number
  /** What one item is worth once it is looked at, after others on the same page. */
  worthAfter(others: readonly number[], item: number): number
  /** Log-odds of a click without fatigue, and the chance that it pleases. */
  appeal(item: number): { readonly lure: number; readonly pleased: number }
  /** Items of each topic that were shown so far. */
  readonly shown: Uint16Array
  /** The user looks at a page and does something, or not. Changes what comes after. */
  meet(page: FeedPage, at: number): Meeting
}

export interface Meeting {
  /** What is to be reported, each at a time of its own up to `endsAt`. */
  readonly deeds: readonly Deed[]
  /** When the user has done with the page. */
  readonly endsAt: number
  readonly leaves: boolean
  /** Clicks that please, expected. */
  readonly worth: number
  readonly looks: number
  /** The items that were clicked. */
  readonly clicked: readonly number[]
}

export interface Reader {
  readonly itemOf: (id: ItemId) => number | undefined
  readonly topicOf: (item: number) => number
  readonly appeal: (item: number) => { readonly lure: number; readonly pleased: number }
  readonly looked: (place: number) => number
  readonly fatigue: (shown: number) => number
  /** A number in (0, 1) that belongs to the user, the item and the question. */
  readonly luck: (item: number, question: number) => number
  /** Was the item shown to the user before? Says so once, and remembers. */
  readonly again: (item: number) => boolean
}

export interface StayPlan extends Omit<Visit, 'user'> {
  readonly user: number
  readonly id: UserId
  readonly mood: number
  readonly channel: string
  readonly deeds: DeedPlan
  readonly topicCount: number
  /** Pages that the user has patience for; a page without a click costs half a page more. */
  readonly pages: number
  /** Unlike all others: a part of each deed's id. */
  readonly name: string
}

/** What nobody wants to see twice: log-odds. */
const repeatLoss = 3

const lookMs = 1_500
const openMs = 20_000

/** Nobody stays longer with one page, nor with all of them. */
const pageMsMax = 9 * 60_000
const stayMsMax = 40 * 60_000

/** Names of what luck is asked for. */
const question = { look: 0, click: 1, please: 2, time: 3, opinion: 4 } as const

export function stayOf(plan: StayPlan, reader: Reader): Stay {
  const shown = new Uint16Array(plan.topicCount)
  const { user, id, at: startedAt, serial, mood, channel } = plan
  let patience = plan.pages
  let pageCount = 0

  const clickChance = (item: number, before: Uint16Array, repeated: boolean): number => {
    const tired = reader.fatigue(before[reader.topicOf(item)]!)
    return chanceOf(reader.appeal(item).lure - tired - (repeated ? repeatLoss : 0))
  }

  const worth = (items: readonly number[]): number => {
    const before = shown.slice()
    let sum = 0
    for (const [place, item] of items.entries()) {
      sum += reader.looked(place) * clickChance(item, before, false) * reader.appeal(item).pleased
      before[reader.topicOf(item)]! += 1
    }
    return sum
  }

  return {
    ...{ user, at: startedAt, serial, id, mood, channel, shown, worth },
    scene: channel === '' ? 'home' : 'channel',
    appeal: reader.appeal,

    worthAfter(others, item) {
      const topic = reader.topicOf(item)
      const { lure, pleased } = reader.appeal(item)
      const before = others.filter((other) => reader.topicOf(other) === topic).length
      return chanceOf(lure - reader.fatigue(shown[topic]! + before)) * pleased
    },

    meet(page, at) {
      const items = page.items.map((shownItem) => reader.itemOf(shownItem.id))
      const known = items.filter((item) => item !== undefined)
      const expected = worth(known)
      const deeds: Deed[] = []
      const clicks: number[] = []
      let [now, looks] = [at, 0]
      const report = (place: number, type: string, value?: number): void => {
        const { id: item, token } = page.items[place]!
        const name = `${plan.name}.${pageCount}.${place}.${type}`
        deeds.push({
          ...{ id: name, type, user: id, item, at: now },
          ...(value !== undefined && { value }),
          ...(token === undefined ? { scene: channel === '' ? 'home' : 'channel' } : { token }),
        })
      }
      for (const [place, item] of items.entries()) {
        if (item === undefined) continue
        const repeated = reader.again(item)
        const click = clickChance(item, shown, repeated)
        shown[reader.topicOf(item)]! += 1
        if (reader.luck(item, question.look) >= reader.looked(place)) continue
        looks++
        now = Math.min(now + lookMs, at + pageMsMax)
        report(place, 'impression')
        const clicked = reader.luck(item, question.click) < click
        const pleased = reader.luck(item, question.please) < reader.appeal(item).pleased
        if (clicked) clicks.push(item)
        for (const { type, value, durationMs } of deedsOf(plan.deeds, clicked, pleased, (of) =>
          reader.luck(item, of),
        )) {
          now = Math.min(now + durationMs, at + pageMsMax)
          report(place, type, value)
        }
      }
      pageCount++
      patience -= clicks.length > 0 ? 1 : 1.5
      const leaves = patience <= 0 || now - startedAt > stayMsMax || page.items.length === 0
      return { deeds, endsAt: now + lookMs, leaves, worth: expected, looks, clicked: clicks }
    },
  }
}

interface Done {
  readonly type: string
  readonly value?: number
  readonly durationMs: number
}

/** What a user does with an item that was looked at, in order. */
function deedsOf(
  plan: DeedPlan,
  clicked: boolean,
  pleased: boolean,
  luck: (of: number) => number,
): readonly Done[] {
  const time = luck(question.time)
  if (!clicked) {
    return plan.plays ? [{ type: 'swipe-past', value: round(0.15 * time), durationMs: 1_500 }] : []
  }
  const done: Done[] = []
  if (plan.plays) {
    // Most play to the end what pleases, and give up on the rest within the first half.
    const share = pleased ? Math.min(1, 0.5 + 0.7 * time) : 0.1 + 0.4 * time
    done.push({ type: 'play', value: round(share), durationMs: Math.round(30_000 * share) })
  } else {
    done.push({ type: 'click', durationMs: plan.read ? 0 : openMs })
  }
  if (plan.read) {
    // Log-logistic around the median: dwell is heavy-tailed.
    const median = pleased ? plan.read.pleasedMs : plan.read.otherMs
    const durationMs = Math.round(median * (time / (1 - time)) ** 0.5)
    done.push({ type: 'read', value: durationMs, durationMs })
  }
  const opinions = [
    { type: 'rate', share: plan.rated, of: 'both' },
    { type: 'like', share: plan.liked, of: 'pleased' },
    { type: 'comment', share: plan.commented, of: 'pleased' },
    { type: 'share', share: plan.shared, of: 'pleased' },
    { type: 'dislike', share: plan.disliked, of: 'others' },
  ] as const
  for (const [index, { type, share, of }] of opinions.entries()) {
    if (of !== 'both' && (of === 'pleased') !== pleased) continue
    if (luck(question.opinion + index) >= share) continue
    const value = type === 'rate' ? { value: starsFor(pleased, time) } : {}
    done.push({ type, ...value, durationMs: 2_000 })
  }
  return done
}

/** Half stars: 3.5 to 5 for what pleased, 1 to 3 for what did not. */
function starsFor(pleased: boolean, luck: number): number {
  return pleased ? 3.5 + Math.floor(luck * 4) / 2 : 1 + Math.floor(luck * 5) / 2
}

function round(share: number): number {
  return Math.round(share * 1_000) / 1_000
}
