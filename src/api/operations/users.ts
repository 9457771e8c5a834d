/** Users: what is known of them, and how to make it go. */
import { Type } from '@sinclair/typebox'
import { operation } from '../operation.ts'
import { id, input, json, judged, mapOf, message, oneOf, time, whole } from '../schema.ts'
import { tracked } from './events.ts'
import { attributeValue } from './items.ts'
import { pastAction } from './past-action.ts'

const userId = id('The id of a user.')
const attributes = judged(Type.Optional(mapOf(attributeValue)))

export const putUser = operation({
  method: 'PUT',
  path: '/v1/users/{id}',
  scope: 'ingest',
  summary: 'Replaces the attributes of a user.',
  input: input({ id: userId, attributes }),
  answer: tracked,
})

export const getUser = operation({
  method: 'GET',
  path: '/v1/users/{id}',
  scope: 'ingest',
  summary: 'The user as known now.',
  input: input({ id: userId }),
  answer: message('UserView', {
    id: userId,
    attributes: mapOf(attributeValue),
    mergedInto: Type.Optional(id('The user whose past this one has become.')),
  }),
})

export const putUsers = operation({
  method: 'POST',
  path: '/v1/users:batch',
  scope: 'ingest',
  summary: 'Puts many users; each is judged by itself.',
  input: input({
    users: Type.Array(judged(message('UserInput', { id: userId, attributes })), {
      maxItems: 10_000,
    }),
  }),
  answer: tracked,
})

export const mergeUsers = operation({
  method: 'POST',
  path: '/v1/users/{id}:merge',
  scope: 'ingest',
  summary: 'Makes the past of an anonymous user that of a known one.',
  input: input({ id: userId, from: id('The anonymous user.') }),
  answer: message('Merge', { from: userId, into: userId }),
})

export const userHistory = operation({
  method: 'GET',
  path: '/v1/users/{id}/history',
  scope: 'serve',
  summary: 'What the user did with items, newest first.',
  input: input({
    id: userId,
    size: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, default: 100, description: 'How many actions.' }),
    ),
    items: Type.Optional(Type.Boolean({ description: 'With the items, each as `view`.' })),
  }),
  answer: message('History', {
    actions: Type.Array(pastAction),
  }),
})

export const userPages = operation({
  method: 'GET',
  path: '/v1/users/{id}/pages',
  scope: 'serve',
  summary: 'The pages that the user was shown, over all scenes, newest first.',
  input: input({
    id: userId,
    size: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 500, default: 20, description: 'How many pages.' }),
    ),
    scene: Type.Optional(id('Only pages of this scene.')),
  }),
  answer: message('RecentPages', {
    pages: Type.Array(
      message('PageStamp', {
        requestId: Type.String({ description: 'The key of its explanation.' }),
        scene: Type.String(),
        channel: Type.String(),
        batchId: whole('The number of the page in its feed.'),
        servedAt: time('When it was first shown.'),
        delivery: oneOf(['now', 'queued', 'nearline'], 'How the page came to be.'),
        itemCount: whole('How many items it has.'),
      }),
    ),
  }),
})

// gRPC refuses a message over 4 MB unless told otherwise, and an export has no bound of its own.
export const exportUser = operation({
  method: 'GET',
  path: '/v1/users/{id}/export',
  scope: 'admin',
  summary: 'All that is stored of a user.',
  grpc: false,
  input: input({ id: userId }),
  answer: message('UserExport', {
    user: userId,
    attributes: mapOf(attributeValue),
    events: Type.Array(json, { description: 'Every event of the log that concerns the user.' }),
    state: mapOf(json),
  }),
})

export const eraseUser = operation({
  method: 'DELETE',
  path: '/v1/users/{id}',
  scope: 'admin',
  summary: 'Erases a user everywhere and says what was erased.',
  input: input({ id: userId }),
  answer: message('EraseReceipt', {
    receipt: Type.String({ description: 'The id of the receipt.' }),
    erasedAt: time('When.'),
    eventsErased: whole('How many events of the log.'),
    stateRemoved: Type.Array(Type.String({ description: 'The name of a projection.' })),
    modelsMarked: Type.Array(Type.String({ description: 'A model that is to be retrained.' })),
    lakeRowsErased: whole('How many rows of the lake.'),
    lakeFilesRewritten: whole('How many files of the lake held any.'),
  }),
})
