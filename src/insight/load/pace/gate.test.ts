import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openGate } from './gate.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

/** Requests that end when they are told. */
function requests() {
  const log: string[] = []
  const ends = new Map<string, () => void>()
  return {
    log,
    request: (name: string) => ({
      run: () => {
        log.push(`run ${name}`)
        return new Promise<void>((resolve) => ends.set(name, resolve))
      },
      drop: () => void log.push(`drop ${name}`),
    }),
    async end(name: string) {
      ends.get(name)!()
      await settled()
    },
  }
}

test('a gate lets in as many as there is room for, the others in order, and drops whom no line holds', async () => {
  const { log, request, end } = requests()
  const gate = openGate({ underWayMax: 2, waitingMax: 2 })
  for (const name of ['a', 'b', 'c', 'd', 'e']) gate.enter(request(name))
  assert.deepEqual(log, ['run a', 'run b', 'drop e'])
  assert.deepEqual([gate.underWay, gate.waiting, gate.waitingMost], [2, 2, 2])
  await end('b')
  assert.deepEqual(log.slice(3), ['run c'])
  gate.clear()
  assert.deepEqual(log.slice(4), ['drop d'])
  let idle = false
  void gate.idle().then(() => {
    idle = true
  })
  await end('a')
  assert.equal(idle, false)
  await end('c')
  assert.equal(idle, true)
  await gate.idle()
})

test('everybody who waits gets their turn, in order, however many there are', async () => {
  const order: number[] = []
  const gate = openGate({ underWayMax: 3, waitingMax: 10_000 })
  for (let number = 0; number < 5_000; number++) {
    gate.enter({
      run: async () => void order.push(number),
      drop: () => assert.fail('there is room in the line'),
    })
  }
  await gate.idle()
  assert.deepEqual(
    order,
    Array.from({ length: 5_000 }, (_, number) => number),
  )
})
