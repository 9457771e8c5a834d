import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { group } from '../frames/group.ts'
import { sampleEvents } from '../samples.ts'
import { type RecentAppend, recentGroups } from './recent-groups.ts'

/** One append as a writer hands it over. */
function appended(first: number, size: number, isSettled = false): RecentAppend {
  const one = group()
  const events = sampleEvents(first, size)
  one.add(events)
  return { events, isSettled, frames: one.seal(0, 0) }
}

/** Groups of one append each, of so many events, from offset `first` on. */
function written(first: number, ...sizes: readonly number[]) {
  const recent = recentGroups()
  let offset = first
  const write = (size: number): void => {
    recent.keep(offset, [appended(offset, size)])
    offset += size
  }
  for (const size of sizes) write(size)
  return { recent, write }
}

describe('recent groups', () => {
  it('give what was written, from any place on', () => {
    const { recent } = written(10, 3, 2)
    assert.deepEqual(
      recent.from(11)?.map(({ offset, event }) => [offset, event?.id]),
      sampleEvents(11, 2).map(({ id }, place) => [11 + place, id]),
    )
    assert.deepEqual(
      recent.from(13)?.map(({ offset }) => offset),
      [13, 14],
    )
    assert.equal(recent.from(9), undefined, 'stands in the files')
    assert.equal(recent.from(15), undefined, 'is not written yet')
  })

  it('decode an event once, whoever asks', () => {
    const { recent } = written(0, 2)
    assert.equal(recent.from(0)![1], recent.from(1)![0])
  })

  it('copy what they are given: the writer uses its buffer again', () => {
    const recent = recentGroups()
    const one = group()
    const events = sampleEvents(0, 1)
    one.add(events)
    recent.keep(0, [{ events, isSettled: false, frames: one.seal(0, 0) }])
    one.clear()
    one.add(sampleEvents(7, 1))
    assert.deepEqual(recent.from(0)![0]!.event, sampleEvents(0, 1)[0])
  })

  it('hand on what is settled as it is, and nothing else', () => {
    const recent = recentGroups()
    const appends = [appended(0, 2, true), appended(2, 1), appended(3, 2, true)]
    recent.keep(0, appends)
    const found = recent.from(0)!
    assert.deepEqual(
      found,
      sampleEvents(0, 5).map((event, offset) => ({ offset, event })),
    )
    const isSame = appends
      .flatMap(({ events }) => events)
      .map((event, place) => event === found[place]!.event)
    assert.deepEqual(isSame, [true, true, false, true, true])
    assert.equal(recent.from(3)![0], found[3])
  })

  it('keep not much, and nothing that was forgotten', () => {
    const { recent, write } = written(0, 1)
    for (let count = 0; count < 40; count++) write(1_000)
    assert.equal(recent.from(0), undefined)
    assert.equal(recent.from(40_000)?.length, 1)
    recent.forget()
    assert.equal(recent.from(40_000), undefined)
    write(1)
    assert.equal(recent.from(40_001)?.length, 1)
  })
})
