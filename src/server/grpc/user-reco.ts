import { createHmac, randomBytes } from 'node:crypto'
import type { UntypedServiceImplementation } from '@grpc/grpc-js'
import type { Engine, Page } from '../../engine/engine.ts'
import { invalid, StarlingError } from '../../error.ts'
import { isInt64 } from './int64.ts'
import { loadProto } from './load-proto.ts'
import { type PagesShown, stampBefore, stampMs, turnOf } from './time-stamps.ts'
import { type CallFacts, type Surroundings, textOf, unary } from './unary.ts'

/** int64 travels as text: article ids lie beyond 2^53. */
export const userRecoProto = () => loadProto('compat/user_reco.proto', { longs: String })

interface UserMessage {
  readonly user_id: string
  readonly channel_id: number
  readonly article_num: number
  readonly time_stamp: string
}

interface ArticleMessage {
  readonly article_id: string
  readonly article_num: number
}

/**
 * The contract of an earlier news recommender, as an adapter on ours. A time stamp later than the
 * newest page asks for a new one, any other for the page that was shown then; every answer holds
 * the stamp of the page before it, and 0 ends the paging. It carries int64 ids only.
 */
export function userRecoMethods(
  engine: Engine,
  around: Surroundings,
): UntypedServiceImplementation {
  return {
    user_recommend: unary(around, 'serve', (request, facts) =>
      recommend(engine, request as UserMessage, facts),
    ),
    article_recommend: unary(around, 'serve', (request) =>
      similar(engine, request as ArticleMessage),
    ),
  }
}

async function recommend(engine: Engine, asked: UserMessage, facts: CallFacts) {
  const size = sizeOf(asked.article_num)
  const time = stampMs(asked.time_stamp)
  const feed = { user: asked.user_id || anonymousId(facts), ...placeOf(asked.channel_id) }
  const pages: PagesShown = (wanted) => engine.batches({ ...feed, ...wanted })
  const turn = await turnOf(time, pages)
  if (turn.kind === 'end') return { exposure: '', recommends: [], time_stamp: 0 }
  const names = { userId: feed.user, algorithmCombine: recipeOf(engine, feed.scene) }
  if (turn.kind === 'history') {
    const page = await engine.older({ ...feed, cursor: turn.batchId })
    return { exposure: '', recommends: recommends(page, names), time_stamp: turn.before }
  }
  const page = await engine.recommend({ ...feed, size, fits: isInt64, signal: facts.signal })
  const before = page.items.length > 0 ? await stampBefore(page, pages) : await newestStamp(pages)
  return {
    exposure: exposure(page, names),
    recommends: recommends(page, names),
    time_stamp: before,
  }
}

/** With nothing left to show no page was made, and the way back begins at the newest one. */
async function newestStamp(pages: PagesShown): Promise<number> {
  const [newest] = await pages({ limit: 1 })
  return newest?.at ?? 0
}

async function similar(engine: Engine, asked: ArticleMessage) {
  const size = sizeOf(asked.article_num)
  try {
    const page = await engine.similar({ item: asked.article_id, size, fits: isInt64 })
    return { article_id: page.items.map(({ id }) => id) }
  } catch (error) {
    // This contract answers with nothing where nothing is found.
    if (error instanceof StarlingError && error.code === 'not_found') return { article_id: [] }
    throw error
  }
}

function sizeOf(asked: number): number {
  if (asked === 0) return 10
  if (asked < 0 || asked > 100) throw invalid('article_num', `${asked} must be >= 0 and <= 100`)
  return asked
}

function placeOf(channel: number): { scene: string; channel: string } {
  if (channel < 0) throw invalid('channel_id', `${channel} must be >= 0`)
  return channel === 0
    ? { scene: 'home', channel: '' }
    : { scene: 'channel', channel: String(channel) }
}

const recipeOf = (engine: Engine, scene: string): string =>
  engine.scenes().find(({ name }) => name === scene)?.recipe ?? ''

interface Names {
  readonly userId: string
  readonly algorithmCombine: string
}

/** The log line of a page that was shown; every value in it is a text. */
function exposure({ items }: Page, { userId, algorithmCombine }: Names): string {
  const articleId = items.map(({ id }) => id)
  return JSON.stringify({ action: 'exposure', userId, articleId, algorithmCombine })
}

/** The articles with the log lines of what may be done to them; tokens attribute the actions. */
function recommends({ items }: Page, { userId, algorithmCombine }: Names) {
  return items
    .filter(({ id }) => isInt64(id))
    .map(({ id, token }) => {
      const line = (action: string) =>
        JSON.stringify({ action, userId, articleId: id, algorithmCombine, token })
      return {
        article_id: id,
        params: {
          click: line('click'),
          collect: line('collect'),
          share: line('share'),
          read: line('read'),
        },
      }
    })
}

// Another process makes other ids, and an address alone cannot be turned into one by a stranger.
const anonymousSecret = randomBytes(32)

/**
 * Who an empty user id is: the device named by the metadata key `x-device-id`, else the connection.
 * A program that asks for many anonymous users over one connection must name their devices, or
 * they share a feed.
 */
function anonymousId({ metadata, peer }: CallFacts): string {
  const device = textOf(metadata, 'x-device-id')
  if (device !== undefined && device !== '') {
    if (device.length > 200) throw invalid('x-device-id', 'must have at most 200 characters')
    return `anonymous-device-${device}`
  }
  const mark = createHmac('sha256', anonymousSecret).update(peer).digest('base64url')
  return `anonymous-connection-${mark.slice(0, 22)}`
}
