import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wishOf } from './wish.ts'

const asked = (kind: string, settings = {}) => wishOf({ kind, settings }, {})

test('a label that a set does not have is refused where it is asked for', () => {
  const news = { field: 'settings.label', message: /like must be one of click, for news/ }
  assert.throws(() => asked('linear', { set: 'news' }), news)
  assert.equal(asked('linear', { set: 'news', label: 'click' }).settings['label'], 'click')
  for (const label of ['like', 'click']) assert.ok(asked('linear', { label }))
})
