import assert from 'node:assert/strict'
import { it } from 'node:test'
import { described } from './bring-in.ts'

it('says what an import came to, one of a kind in the singular', () => {
  const summary = {
    rowCount: 1_504,
    accepted: { items: 2, users: 1, events: 1_500 },
    duplicates: 1,
    rejected: {},
    files: [{ path: 'users.csv', kind: 'users', rowCount: 1, conclusions: ['users in CSV'] }],
    unread: [],
    resumedAfter: 0,
  } as const
  assert.deepEqual(described({ summary, rejects: 'rejected.jsonl' }).split('\n'), [
    'users.csv: 1 row',
    '  users in CSV',
    'taken: 2 items, 1 user, 1,500 events; known already: 1',
  ])
})
