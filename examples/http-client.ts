/**
 * A program that talks to a server: a film is watched, liked, and changes the next page.
 * Run: node --import tsx examples/http-client.ts [http://127.0.0.1:7700 [key]]
 */
import { randomUUID } from 'node:crypto'
import { createClient } from '../src/client/client.ts'
import { StarlingError } from '../src/error.ts'

const [base = 'http://127.0.0.1:7700', key] = process.argv.slice(2)
const starling = createClient({ base, ...(key !== undefined && { key }) })

// Any id will do for somebody who has not signed in.
const user = `guest-${randomUUID()}`
const ask = { scene: 'home', user, size: 5, items: true }

const first = await starling.feed(ask)
console.log(`page ${first.batchId}: ${first.items.map(({ id }) => id).join(', ')}`)

// Ids of the program's own make it harmless to send again after a lost answer.
const liked = first.items[0]!
const events = [
  ...first.items.map(({ id, token }) => ({ type: 'impression' as const, user, item: id, token })),
  { id: `play-${user}`, type: 'play' as const, user, item: liked.id, token: liked.token, value: 1 },
  { id: `like-${user}`, type: 'like' as const, user, item: liked.id, token: liked.token },
]
const sent = await starling.track({ events })
const again = await starling.track({ events })
console.log(`sent ${sent.accepted} events; sent again, ${again.duplicates} were known`)

const next = await starling.feed(ask)
console.log(`page ${next.batchId}: ${next.items.map(({ id }) => id).join(', ')}`)

const why = await starling.explain({ requestId: next.requestId })
const brought = why.stages.filter(({ stage }) => stage === 'recall')
const counts = brought.map(({ name, rowCount }) => `${name} ${rowCount}`)
console.log(`made of ${counts.join(', ')}`)

try {
  await starling.feed({ ...ask, size: 1_000 })
} catch (error) {
  if (!(error instanceof StarlingError)) throw error
  console.log(`refused: ${error.message}`)
}
