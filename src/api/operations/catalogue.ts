import { Type } from '@sinclair/typebox'
import { operation } from '../operation.ts'
import { id, input, message } from '../schema.ts'
import { itemView } from './items.ts'

/** Ways through the catalogue that are no recommendation: by ids, in order, and by words. */
export const getItems = operation({
  method: 'GET',
  path: '/v1/items:batch',
  scope: 'serve',
  summary: 'Many items by id; those that are not known are left out.',
  input: input({ ids: Type.Array(id('The id of an item.'), { maxItems: 500 }) }),
  answer: message('Items', { items: Type.Array(itemView) }),
})
