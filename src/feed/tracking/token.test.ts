import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { tokenSeal } from './token.ts'

const seal = tokenSeal(new Uint8Array(32).fill(7))
const token = seal.page('mabc-42_X')(3)

describe('tracking tokens', () => {
  it('open to the request and the place they were made for', () => {
    for (const position of [0, 9, 99]) {
      const opened = seal.open(seal.page('mabc-42_X')(position))
      assert.deepEqual(opened, { request: 'mabc-42_X', position })
    }
  })

  it('are the same for ever: a page on a screen outlives a release', () => {
    assert.equal(token, 'mabc-42_X.3.7p5Z87drlmYE')
  })

  it('of another server are no tokens here', () => {
    assert.equal(tokenSeal(new Uint8Array(32).fill(8)).open(token), undefined)
  })

  it('that were changed anywhere are refused, but for the place, which the page will judge', () => {
    const random = seededRandom(5)
    const alphabet = 'abcXYZ019-_.'
    for (let round = 0; round < 3_000; round++) {
      const at = random.below(token.length)
      const letter = alphabet[random.below(alphabet.length)]!
      const kinds = [
        token.slice(0, at) + letter + token.slice(at + 1),
        token.slice(0, at) + token.slice(at + 1),
        token.slice(0, at) + letter + token.slice(at),
      ]
      for (const changed of kinds) {
        const opened = seal.open(changed)
        if (opened === undefined || changed === token) continue
        assert.equal(opened.request, 'mabc-42_X', changed)
        assert.match(changed, /^mabc-42_X\.\d{1,3}\.7p5Z87drlmYE$/)
      }
    }
  })

  it('are told from any other text without failing', () => {
    for (const text of ['', '.', '..', 'a.b.c', `${token}\n`, ` ${token}`, 'ä'.repeat(4_000)]) {
      assert.equal(seal.open(text), undefined)
    }
  })
})
