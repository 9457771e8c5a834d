import assert from 'node:assert/strict'
import { it } from 'node:test'
import { foldedText } from './folded-text.ts'

it('leaves out what people leave out when they type', () => {
  for (const [text, folded] of [
    ['Amélie', 'amelie'],
    ['LÉON', 'leon'],
    ['Straße', 'strasse'],
    ['Smørrebrød & Łódź', 'smorrebrod & lodz'],
    ['ﬁne Ｆｉｌｍ', 'fine film'],
    ['İstanbul', 'istanbul'],
    ['Ёлки', 'елки'],
  ] as const) {
    assert.equal(foldedText(text), folded)
  }
})

it('keeps apart what other scripts write as other words', () => {
  assert.equal(foldedText('卧虎藏龙'), '卧虎藏龙')
  assert.equal(foldedText('괴물'), '괴물')
  assert.notEqual(foldedText('कि'), foldedText('क'))
  assert.notEqual(foldedText('が'), foldedText('か'))
})
