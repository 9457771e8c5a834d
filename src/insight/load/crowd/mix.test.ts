import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import { drawKind, mixOf, shareOf } from './mix.ts'

test('a mix is drawn by its shares, whatever they add up to', () => {
  const mix = mixOf('home=6, channel=3,older=1')
  const random = seededRandom('mix')
  const drawn = Array.from({ length: 20_000 }, () => drawKind(mix, random))
  for (const kind of ['home', 'channel', 'older', 'similar'] as const) {
    const share = drawn.filter((one) => one === kind).length / drawn.length
    assert.ok(Math.abs(share - shareOf(mix, kind)) < 0.02, `${kind} ${share}`)
  }
})

test('a mix that cannot be read is refused with what it may be', () => {
  const refused = (text: string, said: RegExp): void => {
    assert.throws(() => mixOf(text), { code: 'invalid_argument', field: 'mix', message: said })
  }
  refused('front=1', /front must be one of home, nearline/)
  refused('home', /home must be a name, = and a share >= 0/)
  refused('home=-1', /share >= 0/)
  refused('home=0,channel=0', /must have a share above 0/)
})
