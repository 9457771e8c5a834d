import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Trace } from '../../feed/pipeline/trace.ts'
import { tagColumn } from '../../state/catalogue/tag-column.ts'
import type { Deed } from '../../state/projections/history.ts'
import { explain, type ItemExplanation } from './explain.ts'
import { familyOf } from './families.ts'
import { madeUpTrace } from './made-up-trace.suite.ts'

// Items 0 to 9 are shown; items 10 to 29 are what the user may have liked.
const shownCount = 10
const itemCount = 30
const dayMs = 86_400_000
const features = [
  ...['neighbor-score', 'factor-match', 'liked-genres', 'like-rate', 'age', 'my-own'],
  'lasting-interest',
]
const sources = [
  ...['item-neighbors', 'nearest', 'same-attribute', 'popular', 'fresh', 'explore'],
  'by-interest',
]
const genres = ['Crime', 'Space', 'Heist film', 'Western']

const deed = fc.record({
  item: fc.integer({ min: shownCount, max: itemCount - 1 }),
  action: fc.constantFrom('rate', 'like', 'click'),
  stars: fc.constantFrom(3.5, 4, 4.5, 5),
})
const interest = fc.record({
  kind: fc.constantFrom('session', 'lasting', 'followed'),
  channel: fc.constantFrom('', 'film'),
  tag: fc.constantFrom(...genres),
  weight: fc.double({ min: 0.1, max: 9, noNaN: true }),
  deeds: fc.array(deed, { maxLength: 3 }),
})
const made = fc.record({
  // A profile holds each interest once.
  interests: fc.uniqueArray(interest, {
    maxLength: 6,
    selector: ({ kind, channel, tag }) => `${kind}/${channel}/${tag}`,
  }),
  channels: fc.array(fc.boolean(), { minLength: itemCount, maxLength: itemCount }),
  liked: fc.uniqueArray(deed, { maxLength: 18, selector: ({ item }) => item }),
  together: fc.array(fc.nat(2 ** 18 - 1), { minLength: shownCount, maxLength: shownCount }),
  alike: fc.array(fc.nat(2 ** 18 - 1), { minLength: shownCount, maxLength: shownCount }),
  genres: fc.array(fc.subarray(genres), { minLength: itemCount, maxLength: itemCount }),
  contributions: fc.option(
    fc.array(fc.double({ min: -2, max: 2, noNaN: true }), {
      minLength: shownCount * features.length,
      maxLength: shownCount * features.length,
    }),
  ),
  sources: fc.array(fc.subarray(sources), { minLength: shownCount, maxLength: shownCount }),
})

type Made = typeof made extends fc.Arbitrary<infer Value> ? Value : never

const ordinals = { id: (item: number) => `id${item}` }
const titleOf = (item: number): string => `Title ${item};`

function deedAt({ stars, ...told }: Made['liked'][number], at: number): Deed {
  return { ...told, value: told.action === 'rate' ? stars : undefined, at }
}

function traceOf(parts: Made): Trace {
  const plain = madeUpTrace('run', 'u', [...Array(shownCount).keys()])
  const liked = parts.liked.map((told, place) => deedAt(told, plain.at - (1 + place) * dayMs))
  const known = 2 ** liked.length - 1
  const bits = (words: readonly number[]) => Uint32Array.from(words, (word) => word & known)
  const interests = parts.interests.map(({ deeds, kind, ...named }) => ({
    ...{ ...named, kind, attribute: 'genres' },
    deeds: kind === 'followed' ? [] : deeds.map((told, place) => deedAt(told, plain.at - place)),
  }))
  const grounds = { liked, together: bits(parts.together), alike: bits(parts.alike), interests }
  if (parts.contributions === null) return { ...plain, grounds }
  const contributions = Float32Array.from(parts.contributions)
  return { ...plain, features, values: contributions, contributions, grounds }
}

function explained(parts: Made, trace: Trace): readonly ItemExplanation[] {
  const column = tagColumn()
  for (const [item, tags] of parts.genres.entries()) column.putTags(item, tags)
  const channels = tagColumn()
  for (const [item, isIn] of parts.channels.entries()) channels.putTags(item, isIn ? ['film'] : [])
  const items = [...trace.items].map((item, place) => {
    const entry = { item, score: 0, run: 'run', model: '', expiresAt: 0 }
    return { ...entry, sources: parts.sources[place]! }
  })
  const batch = {
    ...{ batch: 1, at: trace.at, user: 'u', scene: 'home', channel: '', request: 'run' },
    ...{ delivery: 'now' as const, recipe: 'feed', arms: [], items },
  }
  const catalogue = {
    size: itemCount,
    tags: (name: string) => ({ genres: column, channels })[name],
    availableFrom: (item: number) => trace.at - item * 5 * dayMs,
  }
  const knowledge = { catalogue, tags: ['genres'], titleOf }
  return explain(batch, { traces: new Map([['run', trace]]), ordinals, knowledge }).items
}

/** What a family gave an item above its mean over the run, told the long way. */
function shareOf(trace: Trace, place: number, family: string): number {
  let share = 0
  for (const [index, feature] of features.entries()) {
    if (familyOf(feature, ['genres']).family !== family) continue
    const column = [...Array(shownCount).keys()].map(
      (row) => trace.contributions[row * features.length + index]!,
    )
    share += column[place]! - column.reduce((sum, value) => sum + value, 0) / shownCount
  }
  return share
}

const families: ReadonlySet<string> = new Set([
  ...['together', 'taste', 'tags', 'interest', 'regard', 'age'],
])

function checkTruth(item: ItemExplanation, trace: Trace, parts: Made): void {
  const { because, evidence, reason, position } = item
  if (reason === 'interest') checkInterest(item, trace, parts)
  const liked = reason === 'interest' ? cared(trace) : trace.grounds!.liked
  // Of two things done at once to one item, the one that is told.
  const places = evidence.map((one) =>
    liked.findIndex(
      ({ item, at, action, value }) =>
        `id${item}` === one.item && at === one.at && action === one.action && value === one.value,
    ),
  )
  for (const [index, { action, value, at, title }] of evidence.entries()) {
    const behind = liked[places[index]!]
    assert.ok(behind, 'what was never done is no evidence')
    assert.deepEqual(
      { action, value, at, title },
      {
        ...{ action: behind.action, value: behind.value, at: behind.at },
        title: titleOf(behind.item),
      },
    )
  }
  for (const [title] of because.matchAll(/Title \d+;/g)) {
    assert.ok(
      evidence.some((one) => one.title === title),
      `${title} is named without evidence`,
    )
  }
  const has = (words: Uint32Array) => places.every((bit) => (words[position]! >>> bit) & 1)
  if (reason === 'together') assert.ok(evidence.length > 0 && has(trace.grounds!.together))
  if (reason === 'taste') assert.ok(has(trace.grounds!.alike))
  if (reason === 'tags') checkTags(item, trace, parts)
  const stars = Number(/rated .* ([\d.]+) stars or more/.exec(because)?.[1] ?? 0)
  if (stars > 0) {
    for (const { action, value } of evidence) assert.ok(action === 'rate' && value! >= stars)
  }
  // Where the ranker told what it saw, no family is named that does not speak for the item.
  if (trace.features.length > 0 && families.has(reason)) {
    assert.ok(shareOf(trace, position, reason) > 0, `${reason} does not speak for it`)
  }
}

function checkTags({ because, evidence, position }: ItemExplanation, trace: Trace, parts: Made) {
  const tag = genres.find((name) => because.includes(name))
  assert.ok(tag !== undefined && parts.genres[position]!.includes(tag), `${because}: it is none`)
  const of = (action: string | undefined) =>
    trace.grounds!.liked.filter(
      (one) => one.action === action && parts.genres[one.item]!.includes(tag),
    )
  const same = of(evidence[0]?.action)
  assert.equal(evidence.length, Math.min(8, same.length), 'all that share it, and no others')
  for (const { item } of evidence) assert.ok(same.some((one) => `id${one.item}` === item))
  if (same.length > 10) assert.match(because, new RegExp(` ${same.length} `))
}

function cared(trace: Trace): readonly Deed[] {
  return trace.grounds!.interests!.flatMap(({ deeds }) => deeds)
}

/** There is such an interest, in what the item is about, and all that is told speaks for it. */
function checkInterest(item: ItemExplanation, trace: Trace, parts: Made): void {
  const { because, evidence, position } = item
  const tags = parts.genres[position]!
  const channel = parts.channels[position]! ? 'film' : ''
  const told = trace.grounds!.interests!.filter(({ kind, tag, channel: of }) => {
    if (!because.includes(`“${tag}”`) || !tags.includes(tag)) return false
    return kind === 'followed'
      ? because.startsWith('Because you follow') && evidence.length === 0
      : of === channel && because.includes(' right now:') === (kind === 'session')
  })
  const isBehind = told.some(({ deeds, tag }) =>
    evidence.every(({ item, action, at }) =>
      deeds.some(
        (one) =>
          `id${one.item}` === item &&
          one.action === action &&
          one.at === at &&
          parts.genres[one.item]!.includes(tag),
      ),
    ),
  )
  assert.ok(isBehind, `${because}: no interest of theirs`)
}

test('a sentence is true: what it rests on was done, and speaks for the item', () => {
  const told = new Set<string>()
  const property = fc.property(made, (parts) => {
    const trace = traceOf(parts)
    for (const item of explained(parts, trace)) {
      told.add(item.reason)
      checkTruth(item, trace, parts)
    }
  })
  // A failure names its seed and path.
  fc.assert(property, { numRuns: 400 })
  const found = ['together', 'taste', 'tags', 'interest', 'regard', 'age', 'explore', 'filler']
  for (const reason of found) {
    assert.ok(told.has(reason), `no sentence gave ${reason} as its reason`)
  }
})
