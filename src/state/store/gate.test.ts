import assert from 'node:assert/strict'
import { it } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { openGate } from './gate.ts'

it('a gate lets many in together, and one alone only when all have left', async () => {
  const gate = openGate()
  const said: string[] = []
  const [first, second] = [await gate.enter(), await gate.enter()]
  const alone = gate.alone(async () => {
    said.push('alone')
    await turn()
    said.push('done')
  })
  const late = gate.enter().then((leave) => {
    said.push('late')
    leave()
  })
  first()
  first()
  await turn()
  said.push('one left')
  second()
  await Promise.all([alone, late])
  assert.deepEqual(said, ['one left', 'alone', 'done', 'late'])
})

it('a gate opens again after work that failed', async () => {
  const gate = openGate()
  await assert.rejects(
    gate.alone(() => Promise.reject(new Error('no'))),
    /no/,
  )
  ;(await gate.enter())()
  assert.equal(await gate.alone(async () => 'yes'), 'yes')
})
