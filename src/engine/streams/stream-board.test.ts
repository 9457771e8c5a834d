import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { manualClock } from '../../events/clock.ts'
import type { Event } from '../../events/event.ts'
import { memoryLog } from '../../events/log/memory-log.ts'
import { openConsumer } from '../../events/streams/consumer.ts'
import { openState } from '../../state/folded-state.ts'
import { openJournal } from '../../state/journal.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import { folds } from '../folds.ts'
import { stateStream } from './state-stream.ts'
import { streamBoard } from './stream-board.ts'

const startAt = 1_700_000_000_000

function likes(count: number, from = 0): readonly Event[] {
  return Array.from({ length: count }, (_, index): Event => {
    const fact = { id: `e${from + index}`, at: startAt + from + index }
    return { type: 'action', ...fact, action: 'like', user: 'u', item: `i${index}` }
  })
}

describe('the board of streams', () => {
  it('shows the state: what is folded, what is written, how fast', async () => {
    const clock = manualClock(startAt)
    await using log = memoryLog()
    const state = await openState({ store: memoryStore(), ...folds })
    await using journal = openJournal({ log, state, checkpointMs: 1_000_000 })
    const board = streamBoard()
    board.add('state', stateStream({ log, state, journal, clock }))
    await journal.record(likes(600))
    clock.advance(60_000)
    const [before] = await board.list()
    assert.equal(before?.position, 600)
    assert.equal(before.checkpoint, 0)
    assert.ok(Math.abs(before.eventsPerSecond - 10) < 0.1, `${before.eventsPerSecond}`)
    await state.checkpoint()
    const [after] = await board.list()
    assert.equal(after?.checkpoint, 600)
    assert.equal(after.checkpointAt, clock.now())
  })

  it('shows why the state takes nothing more, and how old what it lacks is', async () => {
    const clock = manualClock(startAt + 5_000)
    await using log = memoryLog(likes(3))
    const state = await openState({ store: memoryStore(), ...folds })
    const journal = openJournal({ log, state })
    const stream = stateStream({ log, state, journal, clock })
    // The journal was opened behind the log: the fold of what comes next has a gap before it.
    await assert.rejects(journal.record(likes(1, 3)))
    const { lag, lagMs, failure, members } = await stream.status()
    assert.deepEqual([lag, lagMs], [4, 5_000])
    assert.match(failure ?? '', /could not take what the log/)
    assert.deepEqual(members, [{ member: 'engine', partitions: [0], position: 0, lag: 4 }])
  })

  it('lists consumers as they were opened, and refuses a second one of a name', async () => {
    const clock = manualClock(startAt)
    await using log = memoryLog(likes(5))
    const board = streamBoard()
    const sink = { checkpoint: 5, take: async () => {} }
    const named = (group: string) =>
      board.add(group, openConsumer({ log, group, description: '', sink, clock }))
    await using _lake = named('lake')
    await using _nearline = named('nearline')
    const groups = (await board.list()).map(({ group, position }) => [group, position])
    assert.deepEqual(groups, [
      ['lake', 5],
      ['nearline', 5],
    ])
    assert.throws(() => board.add('lake', _lake), /two consumers call themselves lake/)
  })
})
