import type { Json } from '../../../events/event.ts'

/** Declarations of candidate sets that are taken. */
export const setsThatFit: readonly Json[] = [
  {},
  { new: { kind: 'newest' } },
  { new: { kind: 'newest', capacity: 1_000, refreshMs: 5_000, hours: 2_000 } },
  { hot: { kind: 'hot', hours: 0.25, formula: { like: 1, comment: 2, share: 3 }, quota: 200 } },
  { 'hot-30d': { kind: 'hot', hours: 720, refreshMs: 0, channels: ['news'] } },
  { rising: { kind: 'velocity', hours: 7 }, faster: { kind: 'acceleration', hours: 360 } },
  { chance: { kind: 'random', capacity: 1_000 }, best: { kind: 'high-rating', doubt: 0 } },
  { summer: { kind: 'operator', items: [], from: '2026-06-01T00:00:00Z' } },
  {
    summer: {
      ...{ kind: 'operator', filter: 'genres has "Comedy" and year >= 1990', capacity: 5 },
      ...{ from: '2026-06-01', to: '2026-09-01T00:00:00+02:00' },
    },
  },
]

const set = (more: Json): Json => ({ hot: { kind: 'hot', ...(more as object) } })

/** Declarations that are refused. */
export const setsThatDoNot: readonly Json[] = [
  null,
  [],
  { hot: null },
  { hot: { hours: 1 } },
  { hot: { kind: 'warm' } },
  { 'Hot one': { kind: 'hot' } },
  { trending: { kind: 'hot' } },
  { pool: { kind: 'hot' } },
  set({ hours: 0 }),
  set({ hours: 721 }),
  set({ hours: '1' }),
  set({ capacity: 0 }),
  set({ capacity: 1_001 }),
  set({ capacity: 1.5 }),
  set({ refreshMs: 999 }),
  set({ refreshMs: -1 }),
  set({ quota: 201 }),
  set({ channels: [] }),
  set({ channels: Array.from({ length: 101 }, (_, n) => `c${n}`) }),
  set({ channels: 'news' }),
  set({ formula: {} }),
  set({ formula: { commented: 2 } }),
  set({ formula: { comment: '2' } }),
  set({ doubt: 3 }),
  { faster: { kind: 'acceleration', hours: 361 } },
  { new: { kind: 'newest', capacity: 301 } },
  { chance: { kind: 'random', refreshMs: 0 } },
  { best: { kind: 'high-rating', doubt: -1 } },
  { chosen: { kind: 'operator' } },
  { chosen: { kind: 'operator', items: ['a'], filter: 'id = "a"' } },
  { chosen: { kind: 'operator', items: [1] } },
  { chosen: { kind: 'operator', filter: 'genres has' } },
  { chosen: { kind: 'operator', items: [], from: 'tomorrow' } },
  { chosen: { kind: 'operator', items: [], from: '2026-06-01', to: '2026-06-01' } },
  { a: { kind: 'hot', quota: 101 }, b: { kind: 'hot', quota: 100 } },
  Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`s${n}`, { kind: 'hot' }])),
]
