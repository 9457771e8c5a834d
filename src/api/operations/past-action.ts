import { Type } from '@sinclair/typebox'
import { actions } from '../../events/event.ts'
import { message, oneOf, time } from '../schema.ts'
import { itemView } from './items.ts'

/** Something that a user did with an item. */
export const pastAction = message('PastAction', {
  item: Type.String(),
  action: oneOf(actions, 'What was done.'),
  value: Type.Optional(Type.Number()),
  at: time('When.'),
  view: Type.Optional(itemView),
})
