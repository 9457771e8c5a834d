import { encodeAttributes } from '../../events/decode.ts'
import type { ActionEvent, Event, ServedEvent } from '../../events/event.ts'
import type { LoggedEvent } from '../../events/log/event-log.ts'
import type { TableRow } from '../lake.ts'

/** The rows that one event makes. What was erased makes none, and neither does the erasing. */
export function rowsOf({ event, offset }: LoggedEvent): readonly TableRow[] {
  return event === undefined ? [] : rowsOfEvent(event, offset)
}

function rowsOfEvent(event: Event, offset: number): readonly TableRow[] {
  const { at } = event
  switch (event.type) {
    case 'action':
      return [actionRow(event, offset)]
    case 'served':
      return servedRows(event, offset)
    case 'offered': {
      const { user, scene, channel, writer, replace } = event
      const entries = event.entries.length
      return [
        { table: 'offers', row: { at, user, scene, channel, writer, entries, replace, offset } },
      ]
    }
    case 'item': {
      const { item, record } = event
      const row = {
        ...{ at, item, withdrawn: false, channels: record.channels },
        attributes: encodeAttributes(record.attributes),
        available_from: record.availableFrom,
        available_until: record.availableUntil,
        offset,
      }
      return [{ table: 'items', row }]
    }
    case 'withdraw':
      return [{ table: 'items', row: { at, item: event.item, withdrawn: true, offset } }]
    case 'user': {
      const { user } = event
      const attributes = encodeAttributes(event.attributes)
      return [{ table: 'users', row: { at, user, attributes, offset } }]
    }
    case 'merge':
      return [{ table: 'users', row: { at, user: event.from, merged_into: event.into, offset } }]
    case 'parameter': {
      const { name, value, by } = event
      return [{ table: 'changes', row: { at, name, value, by, offset } }]
    }
    case 'model': {
      // How far a shadow has counted is no change.
      if (event.step === 'tallied') return []
      const { model, type: _, at: when, id, by, ...value } = event
      const row = { at: when, name: `model ${model}`, value: { ...value, id }, by, offset }
      return [{ table: 'changes', row }]
    }
    default:
      return []
  }
}

// Rows are spelled out: most of what a server keeps is of these two kinds, and a spread costs
// several times as much as the rest of a row.
function actionRow(event: ActionEvent, offset: number): TableRow {
  const { at, id, action, user, item, value, text, shown } = event
  if (shown === undefined) {
    const { scene, channel } = event
    const row = { at, id, action, user, item, value, text, scene, channel, offset }
    return { table: 'actions', row }
  }
  const { scene, channel, request, batch, position, stood, arms, sources, model } = shown
  const row = {
    at,
    id,
    action,
    user,
    item,
    value,
    text,
    scene,
    channel,
    request,
    batch,
    position,
    stood,
    arms,
    sources,
    model,
    served_at: shown.servedAt,
    offset,
  }
  return { table: 'actions', row }
}

/** All places of a page are one row: they have most in common. */
function servedRows(event: ServedEvent, offset: number): readonly TableRow[] {
  const { at, request, user, scene, channel, batch, delivery, recipe, arms, items } = event
  const page = {
    at,
    request,
    user,
    scene,
    channel,
    batch,
    delivery,
    recipe,
    arms,
    size: items.length,
    dropped: event.dropped.length,
    repeatable: event.repeatable,
    offset,
  }
  const slots = {
    at,
    request,
    user,
    scene,
    channel,
    batch,
    position: items.map((_entry, position) => position),
    item: items.map(({ item }) => item),
    score: items.map(({ score }) => score),
    sources: items.map(({ sources }) => sources),
    model: items.map(({ model }) => model),
    run: items.map(({ run }) => run),
    delivery,
    recipe,
    arms,
    offset,
  }
  return [
    { table: 'pages', row: page },
    { table: 'slots', row: slots },
  ]
}
