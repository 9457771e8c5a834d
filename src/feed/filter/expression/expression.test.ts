import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { manualClock } from '../../../events/clock.ts'
import type { AttributeType, AttributeValue, Event } from '../../../events/event.ts'
import { catalogueView } from '../../../state/catalogue/catalogue-view.ts'
import { openState } from '../../../state/folded-state.ts'
import { items } from '../../../state/projections/items.ts'
import { schema } from '../../../state/projections/schema.ts'
import { memoryStore } from '../../../state/store/memory-store.ts'
import { check } from './check.ts'
import { compileExpression } from './expression.ts'
import { parseExpression } from './parse.ts'

const day = 86_400_000
const now = Date.UTC(2024, 5, 30, 12)

const films: Record<string, Record<string, AttributeValue>> = {
  pan: {
    title: { text: 'Peter PAN' },
    year: { number: 1953 },
    genres: { tags: ['Animation', 'Children'] },
    publishedAt: { time: now - 3 * day },
    shotIn: { geo: { latitude: 52.52, longitude: 13.405 } },
    taste: { vector: [1, 0] },
    'first shown': { number: 1 },
    age: { number: 6 },
  },
  heat: {
    title: { text: 'Heat' },
    year: { number: 1995 },
    genres: { tags: ['Crime', 'Action'] },
    publishedAt: { time: Date.UTC(2020, 0, 1) },
    shotIn: { geo: { latitude: 48.8566, longitude: 2.3522 } },
  },
  blank: {},
}

const state = await openState({
  store: memoryStore(),
  projections: [schema, items],
  tables: [],
})
const catalogue = catalogueView(state)
const options = { catalogue, ordinals: state.ordinals, clock: manualClock(now) }
const events = Object.entries(films).map(([item, attributes], index): Event => {
  const record = { attributes, channels: item === 'heat' ? ['18'] : [] }
  return {
    type: 'item',
    id: item,
    at: now - 40 * day,
    item,
    record: { ...record, ...(index === 2 && { availableFrom: now - 10 * day }) },
  }
})
await state.fold(0, events)

function kept(text: string): string {
  const { keeps } = compileExpression(text, options)
  return Object.keys(films)
    .filter((item) => keeps(state.ordinals.of(item)!))
    .join(' ')
}

function refusal(text: string): string {
  try {
    compileExpression(text, options)
  } catch (error) {
    assert.equal((error as { code?: string }).code, 'invalid_argument')
    assert.equal((error as { field?: string }).field, 'filter')
    return (error as Error).message.replace('[invalid_argument] filter ', '')
  }
  throw new Error(`${text} was not refused`)
}

describe('filter expressions', () => {
  it('compare numbers', () => {
    assert.equal(kept('year >= 1953'), 'pan heat')
    assert.equal(kept('year > 1953'), 'heat')
    assert.equal(kept('year < 1995'), 'pan')
    assert.equal(kept('year <= 1953.0'), 'pan')
    assert.equal(kept('year = 1995'), 'heat')
    assert.equal(kept('year > -1e3'), 'pan heat')
    assert.equal(kept('year in [1, 1953, 2000]'), 'pan')
  })

  it('hold nothing of an attribute that an item lacks, unless by not', () => {
    assert.equal(kept('year != 1995'), 'pan')
    assert.equal(kept('title != "Heat"'), 'pan')
    assert.equal(kept('not year = 1995'), 'pan blank')
    assert.equal(kept('exists(year)'), 'pan heat')
    assert.equal(kept('not exists(taste)'), 'heat blank')
    assert.equal(kept('exists(channels) or exists(title)'), 'pan heat')
  })

  it('compare texts, and look into them in any case', () => {
    assert.equal(kept('title = "Heat"'), 'heat')
    assert.equal(kept('title = "heat"'), '')
    assert.equal(kept(`title in ['Heat', "Peter PAN"]`), 'pan heat')
    assert.equal(kept('title contains "pan"'), 'pan')
    assert.equal(kept('title contains "EA"'), 'heat')
    assert.equal(kept('title contains ".*"'), '')
    assert.equal(kept(String.raw`title = "\u0048eat"`), 'heat')
  })

  it('ask for tags and channels', () => {
    assert.equal(kept('genres has "Crime"'), 'heat')
    const either = 'genres has any'
    assert.equal(kept(`${either} ["Crime", "Children"]`), 'pan heat')
    assert.equal(kept('genres has all ["Crime", "Action"]'), 'heat')
    assert.equal(kept('genres has all ["Crime", "Children"]'), '')
    assert.equal(kept('genres has all ["Crime", "Nobody has this"]'), '')
    assert.equal(kept(`${either} ["Crime", "Nobody has this"]`), 'heat')
    assert.equal(kept('channels has "18"'), 'heat')
  })

  it('compare times with dates and with now', () => {
    assert.equal(kept('publishedAt >= 2020-01-01'), 'pan heat')
    assert.equal(kept('publishedAt > 2020-01-01T00:00:00Z'), 'pan')
    assert.equal(kept('publishedAt = 2020-01-01T01:00:00+01:00'), 'heat')
    assert.equal(kept('publishedAt >= now - 3d'), 'pan')
    assert.equal(kept('publishedAt >= now-71h'), '')
    assert.equal(kept('publishedAt < now + 1w'), 'pan heat')
  })

  it('know how long an item has been available', () => {
    assert.equal(kept('age < 5d'), 'pan')
    assert.equal(kept('age <= 10d'), 'pan blank')
    assert.equal(kept('age > 240h'), 'heat')
  })

  it('draw circles on the globe', () => {
    assert.equal(kept('within(shotIn, 52.5, 13.4, 10km)'), 'pan')
    assert.equal(kept('within(shotIn, 52.5, 13.4, 900km)'), 'pan heat')
    assert.equal(kept('within(shotIn, -52.5, -13.4, 500m)'), '')
  })

  it('know items by id', () => {
    assert.equal(kept('id = "pan"'), 'pan')
    assert.equal(kept('id != "pan"'), 'heat blank')
    assert.equal(kept('id in ["heat", "nobody"]'), 'heat')
  })

  it('bind not before and, and before or', () => {
    assert.equal(kept('year = 1953 or year = 1995 and genres has "Children"'), 'pan')
    assert.equal(kept('(year = 1953 or year = 1995) and genres has "Crime"'), 'heat')
    assert.equal(kept('not year = 1953 and title = "Heat"'), 'heat')
    assert.equal(kept('NOT (year = 1953 OR not exists(year))'), 'heat')
  })

  it('take any name in backquotes, and an attribute that hides behind a word', () => {
    assert.equal(kept('`first shown` = 1'), 'pan')
    assert.equal(kept('`age` = 6'), 'pan')
  })

  it('name the attributes they read', () => {
    const text = 'year > 1 and (genres has "x" or not year < 3) and age < 1d and channels has "1"'
    assert.deepEqual(compileExpression(text, options).attributes, ['year', 'genres', 'channels'])
  })

  it('read the clock anew each time, though the text was read before', () => {
    const clock = manualClock(now)
    const keeps = () => compileExpression('age < 5d', { ...options, clock }).keeps(0)
    assert.equal(keeps(), true)
    clock.advance(3 * day)
    assert.equal(keeps(), false)
  })

  it('see an item that came after the last answer', async () => {
    const record = { attributes: { year: { number: 1953 } }, channels: [] }
    await state.fold(3, [{ type: 'item', id: 'new', at: now, item: 'new', record }])
    const { keeps } = compileExpression('year = 1953', options)
    assert.equal(keeps(3), true)
  })
})

describe('a filter expression is refused', () => {
  it('where it does not parse, with the column and what was expected', () => {
    assert.equal(refusal(''), 'at column 1: expected an attribute, but here is the end')
    assert.equal(
      refusal('year >'),
      'at column 7: expected a number, a text in quotes, a time or a duration, but here is the end',
    )
    assert.equal(refusal('year == 3').slice(0, 21), 'at column 7: expected')
    assert.equal(
      refusal('year 3'),
      'at column 6: expected = != < <= > >= in has or contains after year, but here is 3',
    )
    assert.equal(refusal('(year = 3'), 'at column 10: expected ), but here is the end')
    assert.equal(
      refusal('year = 3 year = 4'),
      'at column 10: expected and, or, or the end, but here is year',
    )
    assert.equal(
      refusal('in = 3'),
      'at column 1: expected an attribute (one of that name is written `in`), but here is in',
    )
    assert.equal(refusal('title = "Heat'), 'at column 9: the " here is never closed')
    assert.equal(
      refusal(String.raw`title = "\x"`),
      String.raw`at column 10: \x is no escape; use \" \' \\ \n \r \t \u0041`,
    )
    assert.equal(refusal('year = 3; drop'), 'at column 9: ";" has no meaning here')
    assert.equal(
      refusal('publishedAt > 2023-02-29'),
      'at column 15: 2023-02-29 is no time; write 2020-01-31 or 2020-01-31T08:00:00Z',
    )
    assert.equal(
      refusal('age < 3y'),
      'at column 7: expected a duration in s, m, h, d or w, such as 7d, but here is 3y',
    )
    assert.equal(
      refusal('within(shotIn, 91, 0, 1km)'),
      'at column 16: a latitude must be >= -90 and <= 90',
    )
    assert.equal(
      refusal('within(shotIn, 9, 0, 1)'),
      'at column 22: expected a distance in m or km, such as 10km, but here is 1',
    )
    assert.equal(refusal('year = 1e999'), 'at column 8: 1e999 is too large for a number')
  })

  it('where the catalogue has no such attribute, with the nearest name', () => {
    const known =
      'Known: `age`, `first shown`, genres, publishedAt, shotIn, taste, title, year, ' +
      'channels, id, age'
    assert.equal(
      refusal('yaer = 3'),
      `at column 1: no item has an attribute yaer; did you mean year? ${known}`,
    )
    assert.equal(
      refusal('year = 3 and director = "x"'),
      `at column 14: no item has an attribute director. ${known}`,
    )
  })

  it('where types do not match, with what the attribute is', () => {
    assert.match(refusal('year >= "x"'), /^at column 9: year is a number; compare it with a number/)
    assert.match(refusal('year in [1, "x"]'), /^at column 13: year is a number/)
    assert.match(refusal('year has "x"'), /^at column 1: year is a number/)
    assert.match(refusal('title < "x"'), /^at column 1: title is text/)
    assert.match(refusal('title = 3'), /^at column 9: title is text/)
    assert.match(
      refusal('genres = "x"'),
      /^at column 1: genres is a list of tags; .* has all or any/,
    )
    assert.match(refusal('publishedAt > 3'), /^at column 15: publishedAt is a time/)
    assert.match(refusal('publishedAt > 3d'), /^at column 15: publishedAt is a time/)
    assert.match(refusal('shotIn = 3'), /^at column 1: shotIn is a place/)
    assert.match(refusal('taste = 3'), /^at column 1: taste is a vector/)
    assert.match(refusal('within(year, 1, 1, 1m)'), /^at column 8: year is a number/)
    assert.match(refusal('year contains "1"'), /^at column 1: year is a number/)
    assert.match(refusal('age > 3'), /^at column 7: age is a duration/)
    assert.match(refusal('age = 3d'), /^at column 1: age is a duration/)
    assert.match(refusal('id < "3"'), /^at column 1: id is the id of the item/)
    assert.match(refusal('exists(id)'), /^at column 8: id is the id of the item/)
  })

  it('where it is too long, too deep, or a list is too long', () => {
    assert.equal(refusal(' '.repeat(4_001)), 'has 4001 characters; at most 4000 are allowed')
    assert.equal(kept(`${'('.repeat(32)}year = 1995${')'.repeat(32)}`), 'heat')
    assert.match(refusal('('.repeat(33)), /^at column 34: nested deeper than 32 levels/)
    assert.match(refusal('not '.repeat(900)), /^at column 133: nested deeper than 32 levels/)
    assert.equal(kept(`year in [${Array(999).fill('1,').join('')}1953]`), 'pan')
    assert.match(
      refusal(`year in [${Array(1_000).fill('1,').join('')}1]`),
      /^at column 9: a list of 1001; at most 1000/,
    )
  })
})

describe('the reference page', () => {
  it('shows only expressions that compile', () => {
    const page = readFileSync(
      new URL('../../../../docs/reference/filter.md', import.meta.url),
      'utf8',
    )
    const blocks = [...page.matchAll(/```filter\n(.*?)```/gs)].map((match) => match[1]!)
    const lines = blocks.flatMap((block) => block.trim().split('\n'))
    const schema = new Map<string, AttributeType>([
      ['year', 'number'],
      ['first shown', 'number'],
      ['in', 'number'],
      ['age', 'number'],
      ['language', 'text'],
      ['title', 'text'],
      ['genres', 'tags'],
      ['publishedAt', 'time'],
      ['location', 'geo'],
    ])
    assert.ok(lines.length > 20)
    for (const line of lines) assert.doesNotThrow(() => check(parseExpression(line), schema, now))
  })
})
