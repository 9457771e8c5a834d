/**
 * What a page of a site does with the SDK: shows a feed, tells what was seen and done, and reorders
 * the rest by itself. Run: node --import tsx examples/page-tracker.ts [http://127.0.0.1:7700 [key]]
 */
import { createClient, createReranker, createTracker, type Platform } from 'starling/client'

const [base = 'http://127.0.0.1:7700', key] = process.argv.slice(2)
const client = createClient({ base, ...(key !== undefined && { key }) })

// A browser needs none of this: `createTracker({ client, user })` finds all that it needs there.
const screen: Platform = {
  now: () => Date.now(),
  random: () => Math.random(),
  newId: () => crypto.randomUUID(),
  after(durationMs, run) {
    const timer = setTimeout(run, durationMs)
    return () => clearTimeout(timer)
  },
  storage: undefined,
  isVisible: () => true,
  watch(_card, tell) {
    tell(true)
    return () => undefined
  },
  on: () => () => undefined,
}

const user = `guest-${crypto.randomUUID()}`
const tracker = createTracker({ client, user, platform: screen })
const feed = await client.feed({ scene: 'home', user, size: 5, vectors: true })
const ranker = createReranker<(typeof feed.items)[number]>()
ranker.add(feed)

// The first is played to its end. Impressions are told by elements: `tracker.seen(element, …)`.
const [first] = ranker.items
if (first === undefined) throw new Error('the feed is empty')
const { id: item, token } = first
const play = { type: 'play', item, value: 1 } as const
const played = tracker.track({ ...play, token, position: 0 })
for (const reordering of ranker.did(play)) void tracker.track(reordering)
await tracker.flush()
console.log(`play: ${(await played).fate}, waiting: ${tracker.status.waiting}`)
console.log(`now on the page: ${ranker.items.map(({ id }) => id).join(', ')}`)

// Who logs in takes along what they did as a guest.
tracker.identify('ann')
await tracker.track({ type: 'like', item, token })
tracker.close()
const { actions } = await client.userHistory({ id: 'ann' })
console.log(`ann: ${actions.map(({ action }) => action).join(', ')}`)
