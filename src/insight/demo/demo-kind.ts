import { news } from '../simulate/plans/news.ts'
import { video } from '../simulate/plans/video.ts'
import type { WorldPlan } from '../simulate/world/plan.ts'
import type { World } from '../simulate/world/world.ts'
import { newsBeats } from './words/news-beats.ts'
import { type Story, storyOf } from './words/news-words.ts'
import type { Subject } from './words/subject.ts'
import { videoShows } from './words/video-shows.ts'
import { clipOf } from './words/video-words.ts'

/** A catalogue that is made up from a simulated world, with people who live in it. */
export interface DemoKind {
  readonly name: 'news' | 'video'
  /** What it is, in words for people. */
  readonly note: string
  readonly plan: WorldPlan
  /** The scene that its front page is, where an engine has it. */
  readonly home: string
  /** At the start of a season, of each. */
  readonly users: number
  readonly items: number
  /** The words of an item of the world. */
  words(world: World, item: number): Story
}

const subjectsAs = (plan: WorldPlan, subjects: readonly Subject[]): WorldPlan => ({
  ...plan,
  items: {
    ...plan.items,
    topics: subjects.map(({ name, words }) => ({ name, words })),
  },
  // Plain numbers, as people are called in the other catalogues that a first look is given.
  people: { ...plan.people, prefix: '' },
})

/** The subject that it is mostly about, and the last other one that the catalogue names. */
function subjectsOf<S extends Subject>(
  world: World,
  item: number,
  subjects: readonly S[],
): readonly [S, S] {
  const main = subjects[world.stock.topics[item]!]!
  const last = world.rows.channels(item).at(-1)
  return [main, subjects.find(({ name }) => name === last) ?? main]
}

const newsKind: DemoKind = {
  name: 'news',
  note: 'News: a made-up site of 25 channels, its stories and readers from a simulated world',
  plan: subjectsAs(news, newsBeats),
  home: 'home',
  users: 120,
  items: 900,
  words(world, item) {
    const [main, other] = subjectsOf(world, item, newsBeats)
    return storyOf(world.rows.itemId(item), main, other, world.rows.tone(item))
  },
}

const videoKind: DemoKind = {
  name: 'video',
  note: 'Video: made-up short videos, whose makers and viewers come from a simulated world',
  plan: subjectsAs(video, videoShows),
  home: 'nearline',
  users: 100,
  items: 900,
  words(world, item) {
    const [main, other] = subjectsOf(world, item, videoShows)
    return clipOf(world.rows.itemId(item), main, other, world.rows.tone(item))
  },
}

export const demoKinds: ReadonlyMap<string, DemoKind> = new Map(
  [newsKind, videoKind].map((kind) => [kind.name, kind] as const),
)
