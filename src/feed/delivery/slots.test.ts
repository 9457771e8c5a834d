import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slots } from './slots.ts'

const patient = new AbortController().signal

test('slots let in so many, and the next when one leaves, first come first served', async () => {
  let countMax = 2
  const room = slots(() => countMax)
  const [first, second] = [room.tryEnter()!, room.tryEnter()!]
  assert.equal(room.tryEnter(), undefined)
  const entered: string[] = []
  const enter = async (name: string) => {
    const leave = await room.enter(patient)
    entered.push(name)
    return leave
  }
  const [third, fourth] = [enter('third'), enter('fourth')]
  first()
  first()
  const leaveThird = await third
  assert.deepEqual([entered, room.taken], [['third'], 2], 'who leaves twice leaves once')
  countMax = 1
  leaveThird()
  assert.deepEqual([entered, room.taken], [['third'], 1], 'fewer may come in at once')
  second()
  const leaveFourth = await fourth
  leaveFourth()
  assert.equal(room.taken, 0)
})

test('who gives up waiting takes no room', async () => {
  const room = slots(() => 1)
  const leave = room.tryEnter()!
  const impatient = new AbortController()
  const waiting = room.enter(impatient.signal)
  impatient.abort(new Error('hung up'))
  await assert.rejects(waiting, /hung up/)
  leave()
  assert.equal(room.taken, 0)
  await assert.rejects(room.enter(impatient.signal), /hung up/)
})
