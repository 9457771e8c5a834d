import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Agenda } from './agenda.ts'

test('an agenda hands out what is due, the earliest first', () => {
  const time = fc.nat(50)
  const step = fc.oneof(fc.record({ adds: time }), fc.record({ now: time }))
  const property = fc.property(fc.array(step, { maxLength: 150, size: 'max' }), (steps) => {
    const agenda = new Agenda()
    let waiting: number[] = []
    for (const step of steps) {
      if ('adds' in step) {
        // The thing is its own time, so that ties cannot be told apart.
        agenda.add(step.adds, step.adds)
        waiting.push(step.adds)
        continue
      }
      const due = waiting.filter((each) => each <= step.now).sort((a, b) => a - b)
      for (const expected of due) {
        assert.equal(agenda.peek(step.now), expected)
        assert.equal(agenda.due(step.now), expected)
      }
      assert.equal(agenda.peek(step.now), undefined)
      assert.equal(agenda.due(step.now), undefined)
      waiting = waiting.filter((each) => each > step.now)
      assert.equal(agenda.size, waiting.length)
    }
  })
  fc.assert(property, { numRuns: 300 })
})
