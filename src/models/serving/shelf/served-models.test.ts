import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Servable } from '../servable.ts'
import type { FoundModel, FoundVersion } from './model-source.ts'
import { openServedModels } from './served-models.ts'

/** A source whose models change as a test goes, and what became of those it opened. */
function changing() {
  const closed: number[] = []
  const models = new Map<string, FoundVersion[]>()
  const troubles: string[] = []
  const opened: number[] = []
  return {
    ...{ closed, opened, models, troubles },
    version(version: number, more: Partial<FoundVersion> = {}): FoundVersion {
      const open = async () => {
        opened.push(version)
        return tells(version, closed)
      }
      return { version, mark: 'first', open, ...more }
    },
    options: {
      sources: [
        {
          scan: async () => [...models].map(([name, versions]): FoundModel => ({ name, versions })),
        },
      ],
      lookEveryMs: 0,
      onTrouble: (what: string, error: unknown) => void troubles.push(`${what}: ${error}`),
    },
  }
}

/** A model that says which version it is. */
function tells(version: number, closed: number[]): Servable {
  return {
    kind: 'made up',
    signature: { inputs: [], outputs: [{ name: 'version' }] },
    predict: async () => [Float32Array.of(version)],
    close: async () => void closed.push(version),
  }
}

const nothing = { rowCount: 1, columns: new Map() }
const answer = async (servable: Servable) => (await servable.predict(nothing))[0]![0]

const broken = async (): Promise<never> => {
  throw new Error('no model')
}

describe('served models', () => {
  it('of each name the largest version serves, and a larger one takes its place', async () => {
    const world = changing()
    world.models.set('ncf', [world.version(2), world.version(10)])
    await using served = await openServedModels(world.options)
    assert.equal(await served.ask('ncf', undefined, answer), 10)
    world.models.get('ncf')!.push(world.version(11))
    await served.refresh()
    assert.equal(await served.ask('ncf', undefined, answer), 11)
    assert.deepEqual(world.closed, [10])
    assert.deepEqual(world.opened, [10, 11])
    assert.deepEqual(
      served.list().map(({ name, serving, versions }) => [name, serving, versions.length]),
      [['ncf', 11, 3]],
    )
  })

  it('one that is held is asked by who names it, and serves when it is promoted', async () => {
    const world = changing()
    const held = world.version(2, { held: true })
    world.models.set('ncf', [world.version(1), held])
    await using served = await openServedModels(world.options)
    assert.equal(await served.ask('ncf', undefined, answer), 1)
    assert.equal(await served.ask('ncf', 2, answer), 2)
    assert.equal(await served.ask('ncf', undefined, answer), 1)
    world.models.set('ncf', [world.version(1), { ...held, held: false }])
    await served.refresh()
    assert.equal(await served.ask('ncf', undefined, answer), 2)
  })

  it('what is asked while a larger one comes is answered by the one it began with', async () => {
    const world = changing()
    world.models.set('ncf', [world.version(1)])
    await using served = await openServedModels(world.options)
    let letGo = (): void => undefined
    const gate = new Promise<void>((resolve) => (letGo = resolve))
    const slow = served.ask('ncf', undefined, async (servable) => {
      await gate
      assert.deepEqual(world.closed, [])
      return answer(servable)
    })
    world.models.get('ncf')!.push(world.version(2))
    await served.refresh()
    assert.equal(await served.ask('ncf', undefined, answer), 2)
    letGo()
    assert.equal(await slow, 1)
    assert.deepEqual(world.closed, [1])
  })

  it('no request fails while versions come and go', async () => {
    const world = changing()
    world.models.set('ncf', [world.version(1)])
    await using served = await openServedModels(world.options)
    let isOver = false
    const answers: (number | undefined)[] = []
    const asking = Array.from({ length: 8 }, async () => {
      while (!isOver) {
        answers.push(await served.ask('ncf', undefined, answer))
        await new Promise((next) => setImmediate(next))
      }
    })
    for (let version = 2; version <= 40; version++) {
      world.models.set('ncf', [world.version(version)])
      await served.refresh()
      await new Promise((next) => setImmediate(next))
    }
    isOver = true
    await Promise.all(asking)
    assert.ok(answers.length > 100)
    assert.deepEqual(
      answers,
      [...answers].sort((one, other) => one! - other!),
    )
    assert.equal(world.closed.length, 39)
  })

  it('one that cannot be opened is passed over and told, until its files change', async () => {
    const world = changing()
    world.models.set('ncf', [world.version(1), world.version(2, { open: broken })])
    await using served = await openServedModels(world.options)
    assert.equal(await served.ask('ncf', undefined, answer), 1)
    assert.deepEqual(world.troubles, ['model ncf: StarlingError: [failed_precondition] no model'])
    const [two, one] = served.list()[0]!.versions
    assert.deepEqual([two!.state, one!.state], ['ended', 'available'])
    assert.match(two!.error!.message, /no model/)
    await served.refresh()
    assert.equal(world.troubles.length, 1)
    world.models.set('ncf', [world.version(1), world.version(2, { mark: 'mended' })])
    await served.refresh()
    assert.equal(await served.ask('ncf', undefined, answer), 2)
  })

  it('a rejected version serves nobody, and the one before it does again', async () => {
    const world = changing()
    world.models.set('ncf', [world.version(1), world.version(2)])
    await using served = await openServedModels(world.options)
    world.models.set('ncf', [world.version(1), world.version(2, { rejected: 'worse' })])
    await served.refresh()
    assert.equal(await served.ask('ncf', undefined, answer), 1)
    await assert.rejects(served.ask('ncf', 2, answer), {
      code: 'not_found',
      message: /Servable not found for request: Specific\(ncf, 2\)/,
    })
    assert.deepEqual(world.closed, [2])
  })

  it('an older version is opened for who asks by number, a few at a time', async () => {
    const world = changing()
    const versions = Array.from({ length: 8 }, (_, index) => world.version(index + 1))
    world.models.set('ncf', versions)
    await using served = await openServedModels(world.options)
    for (const version of [1, 2, 3, 4, 5, 2]) {
      assert.equal(await served.ask('ncf', version, answer), version)
    }
    assert.deepEqual(world.closed, [1])
    assert.deepEqual(world.opened, [8, 1, 2, 3, 4, 5])
  })

  it('what is not there is not found, by the words of TensorFlow Serving', async () => {
    const world = changing()
    world.models.set('ncf', [world.version(1)])
    await using served = await openServedModels(world.options)
    const message = /Servable not found for request: Latest\(half\)$/
    await assert.rejects(served.ask('half', undefined, answer), { code: 'not_found', message })
    await assert.rejects(served.ask('ncf', 7, answer), { code: 'not_found' })
    world.models.clear()
    await served.refresh()
    await assert.rejects(served.ask('ncf', undefined, answer), { code: 'not_found' })
    assert.deepEqual([served.list(), world.closed], [[], [1]])
  })

  it('a version is renewed while it is asked: what was begun ends with the one before', async () => {
    const world = changing()
    world.models.set('ncf', [world.version(1)])
    await using served = await openServedModels(world.options)
    let end: (() => void) | undefined
    const held = new Promise<void>((resolve) => {
      end = resolve
    })
    const begun = served.ask('ncf', undefined, async (servable) => {
      await held
      return answer(servable)
    })
    assert.equal(await served.renew('ncf', 1, tells(1.5, world.closed)), true)
    assert.equal(await served.ask('ncf', 1, answer), 1.5)
    assert.deepEqual(world.closed, [])
    end!()
    assert.equal(await begun, 1)
    assert.deepEqual(world.closed, [1])
    // Another version came meanwhile: what is further on of the old one is of no use.
    world.models.get('ncf')!.push(world.version(2))
    await served.refresh()
    assert.equal(await served.renew('ncf', 1, tells(1.75, world.closed)), false)
    assert.equal(await served.renew('other', 1, tells(9, world.closed)), false)
    assert.deepEqual(world.closed, [1, 1.5, 1.75, 9])
    assert.equal(await served.ask('ncf', undefined, answer), 2)
  })
})
