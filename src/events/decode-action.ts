import { invalid } from '../error.ts'
import type { Timestamp } from './clock.ts'
import { brief, fieldsOf, idOf, numberOf, optionalId, textOf } from './decode-field.ts'
import { actionTimeOf } from './decode-time.ts'
import { type Action, type ActionEvent, actions, type EventId } from './event.ts'

/** An action as it was reported. The token is opaque here: whoever signed it opens it. */
export interface DecodedAction {
  readonly event: ActionEvent
  readonly token?: string
  /** Where the caller says it happened; a token, where there is one, knows better. */
  readonly scene?: string
  readonly channel?: string
  /** Where the item stood as it happened: a place on the page that the token names. */
  readonly position?: number
}

export interface ActionDefaults {
  readonly now: Timestamp
  readonly newId: () => EventId
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const longestComment = 10_000
const longestToken = 4096
const longestPage = 100

/** Pages that stand below one another count on. */
const longestScroll = 9_999

const fieldNames = new Set([
  ...['id', 'type', 'user', 'item', 'at', 'value', 'text', 'token', 'scene', 'channel'],
  ...['position', 'order'],
])

const knownActions: ReadonlySet<unknown> = new Set(actions)

/** What a value means, and its range. Where an action is not named here, a value means nothing. */
const valueRanges: { readonly [A in Action]?: readonly [least: number, most: number] } = {
  rate: [-10, 10],
  read: [0, 86_400_000],
  play: [0, 1],
  'swipe-past': [0, 1],
  // 0 takes it back.
  follow: [0, 1],
}

const actionsWithText: ReadonlySet<Action> = new Set<Action>(['comment', 'report', 'follow'])

/** An action as the API spells it: `{id?, type, user, item?, at?, value?, text?, token?, …}`. */
export function decodeAction(raw: unknown, defaults: ActionDefaults): DecodedAction {
  const fields = fieldsOf('an event', raw, fieldNames)
  const action = actionOf(fields['type'])
  const user = idOf('user', fields['user'])
  const item = optionalId('item', fields['item'])
  const text = actionTextOf(action, fields['text'])
  checkItem(action, item, text)
  const order = orderOf(action, fields['order'])
  const value = actionValueOf(action, fields['value'])
  const at = fields['at']
  const id = optionalId('id', fields['id']) ?? defaults.newId()
  const time = at === undefined || at === null ? defaults.now : actionTimeOf('at', at, defaults.now)
  // Assigned one by one: spreading what may be absent would cost more than all the checks.
  const event: Mutable<ActionEvent> = { type: 'action', id, at: time, action, user }
  if (item !== undefined) event.item = item
  if (value !== undefined) event.value = value
  if (text !== undefined) event.text = text
  if (order !== undefined) event.order = order
  const decoded: Mutable<DecodedAction> = { event }
  const token = fields['token']
  if (token !== undefined && token !== null) decoded.token = textOf('token', token, longestToken)
  const scene = optionalId('scene', fields['scene'])
  if (scene !== undefined) decoded.scene = scene
  const channel = optionalId('channel', fields['channel'])
  if (channel !== undefined) decoded.channel = channel
  const position = positionOf(fields['position'])
  if (position !== undefined) decoded.position = position
  if (decoded.token === undefined) checkTokenless(decoded)
  return decoded
}

/** True where a value means something for the action. */
export function takesValue(action: unknown): boolean {
  return typeof action === 'string' && Object.hasOwn(valueRanges, action)
}

/** True where an action may carry words. */
export function takesText(action: unknown): boolean {
  return (actionsWithText as ReadonlySet<unknown>).has(action)
}

function actionOf(raw: unknown): Action {
  if (knownActions.has(raw)) return raw as Action // The set holds the actions and nothing else.
  if (raw === undefined || raw === null) throw invalid('type', 'is required')
  throw invalid('type', `${brief(raw)} must be one of ${actions.join(', ')}`)
}

/** Most actions are done to an item; one may follow words, and a reordering is of a page. */
function checkItem(action: Action, item: string | undefined, text: string | undefined): void {
  if (action === 'rerank') {
    if (item !== undefined) throw invalid('item', 'means nothing for rerank, which is of a page')
  } else if (item === undefined && (action !== 'follow' || !text)) {
    const rule = action === 'follow' ? 'is required where there is no text' : 'is required'
    throw invalid('item', `${rule} for ${action}`)
  }
}

/** Places are those of a page, and only a token says of which. */
function checkTokenless({ event, position }: DecodedAction): void {
  if (event.action === 'rerank') throw invalid('token', 'is required for rerank: one of the page')
  if (position !== undefined) throw invalid('position', 'means nothing without a token')
}

function positionOf(raw: unknown): number | undefined {
  return raw === undefined || raw === null ? undefined : placeOf('position', raw, longestScroll)
}

function placeOf(field: string, raw: unknown, most: number): number {
  const place = numberOf(field, raw, 0, most)
  if (Number.isInteger(place)) return place
  throw invalid(field, `${place} must be a whole number`)
}

function orderOf(action: Action, raw: unknown): readonly number[] | undefined {
  // Protobuf cannot tell an empty list from none.
  const given = raw !== undefined && raw !== null && !(Array.isArray(raw) && raw.length === 0)
  if (action !== 'rerank') {
    if (given) throw invalid('order', `means nothing for ${action}; it is allowed for rerank`)
    return undefined
  }
  if (!given) throw invalid('order', 'is required for rerank: served places as they stand now')
  if (!Array.isArray(raw) || raw.length > longestPage)
    throw invalid('order', `must be a list of 1 to ${longestPage} places`)
  const places = raw.map((place, index) => placeOf(`order[${index}]`, place, longestPage - 1))
  if (new Set(places).size < places.length) throw invalid('order', 'must name no place twice')
  return places
}

function actionValueOf(action: Action, raw: unknown): number | undefined {
  const range = valueRanges[action]
  if (raw === undefined || raw === null) {
    if (action === 'rate') throw invalid('value', 'is required for rate: the stars')
    return undefined
  }
  if (range === undefined) {
    const meaning = Object.keys(valueRanges).join(', ')
    throw invalid('value', `means nothing for ${action}; it is allowed for ${meaning}`)
  }
  return numberOf('value', raw, range[0], range[1])
}

function actionTextOf(action: Action, raw: unknown): string | undefined {
  if (raw === undefined || raw === null) return undefined
  if (!actionsWithText.has(action)) {
    const meaning = [...actionsWithText].join(', ')
    throw invalid('text', `means nothing for ${action}; it is allowed for ${meaning}`)
  }
  return textOf('text', raw, longestComment)
}
