import assert from 'node:assert/strict'
import { it } from 'node:test'
import { episodesOf } from './episodes.ts'

const deed = (item: string, action: 'click' | 'rate', at: string, value?: number) => ({
  item,
  action,
  at,
  ...(value !== undefined && { value }),
})

it('what is done to one item in a row is one episode, and no more than asked for are told', () => {
  const past = [
    deed('a', 'rate', '5', 4),
    deed('a', 'click', '4'),
    deed('a', 'click', '3'),
    deed('b', 'click', '2'),
    deed('a', 'click', '1'),
    deed('c', 'click', '0'),
  ]
  assert.deepEqual(episodesOf(past, 3), [
    { item: 'a', at: '5', deeds: ['rated 4 of 5', 'opened'] },
    { item: 'b', at: '2', deeds: ['opened'] },
    { item: 'a', at: '1', deeds: ['opened'] },
  ])
})
