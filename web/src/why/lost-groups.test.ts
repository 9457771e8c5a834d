import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fate } from '../state/api.ts'
import { lostGroups } from './lost-groups.ts'

test('what a page does not show is told by the stage that lost it, in the order of the stages', () => {
  const lost: readonly Fate[] = [
    { id: 'a', outcome: 'waiting', reason: 'place 3 of 9' },
    { id: 'b', outcome: 'outranked', by: 'rank' },
    { id: 'c', outcome: 'dropped', by: 'drop-seen' },
    { id: 'd', outcome: 'outranked', by: 'no-ties' },
    { id: 'e', outcome: 'shown-earlier' },
    { id: 'f', outcome: 'dropped', by: 'limit' },
    { id: 'g', outcome: 'outranked', by: 'rank' },
  ]
  assert.deepEqual(
    lostGroups(lost).map(({ stage, words, fates }) => [stage, words, fates.map(({ id }) => id)]),
    [
      ['Filters', 'met before', ['c']],
      ['Filters', 'beyond what is ranked', ['f']],
      ['Ranker', 'ranked below the last place', ['b', 'g']],
      ['Mixers', 'left out by no ties', ['d']],
      ['Shown', 'shown on other pages before', ['e']],
      ['Queue', 'made the list, and came later or wait', ['a']],
    ],
  )
})
