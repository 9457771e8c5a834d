import { Type } from '@sinclair/typebox'
import { operation } from '../../operation.ts'
import { id, input, json, mapOf, message, time, whole } from '../../schema.ts'

export const listSets = operation({
  method: 'GET',
  path: '/v1/sets',
  scope: 'admin',
  summary: 'The candidate sets that recall draws from, and how they are kept.',
  input: input({}),
  answer: message('CandidateSetList', {
    sets: Type.Array(
      message('CandidateSetView', {
        name: Type.String(),
        kind: Type.String(),
        description: Type.String(),
        settings: mapOf(json),
        capacity: whole('Most items it holds, in each channel.'),
        refreshMs: whole('How often it is made; 0: kept up to date by every event.'),
        size: whole('Items in it, over all channels.'),
        refreshedAt: Type.Optional(time('When it was made.')),
      }),
    ),
  }),
})

export const getSet = operation({
  method: 'GET',
  path: '/v1/sets/{name}',
  scope: 'admin',
  summary: 'The items of a candidate set, best first.',
  input: input({
    name: id('The name of the set.'),
    channel: Type.Optional(id('Those of one channel.')),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, default: 50 })),
  }),
  answer: message('CandidateSetItems', {
    name: Type.String(),
    channel: Type.String(),
    refreshedAt: Type.Optional(time('When it was made.')),
    items: Type.Array(
      message('CandidateSetItem', {
        id: Type.String(),
        title: Type.String(),
        score: Type.Number(),
      }),
    ),
  }),
})

export const itemStanding = operation({
  method: 'GET',
  path: '/v1/items/{id}/standing',
  scope: 'admin',
  summary: 'What happened to an item within windows of time, and which sets hold it.',
  input: input({ id: id('The item.') }),
  answer: message('ItemStanding', {
    item: Type.String(),
    windows: Type.Array(
      message('ItemWindow', { hours: Type.Number(), counts: mapOf(Type.Number()) }),
      { description: 'The narrowest first.' },
    ),
    hourly: Type.Array(Type.Number(), { description: 'Likes per hour of the last day.' }),
    sets: Type.Array(
      message('SetPlace', {
        name: Type.String(),
        channel: Type.String(),
        rank: whole('From 0.'),
        score: Type.Number(),
      }),
    ),
  }),
})
