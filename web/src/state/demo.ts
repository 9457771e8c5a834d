import { feedPath, filmPath, genresPath, newsPath, storyPath, videoPath } from '../route/path.ts'
import type { Route } from '../route/route.ts'

/** What the catalogue is shown as: films unless the server says that its demo is another one. */
export interface Demo {
  readonly name: 'movies' | 'news' | 'video'
  /** Where the site begins. */
  readonly home: string
  /** What one of them is: "film"; and many: "films". */
  readonly thing: string
  readonly things: string
  /** Where one of them is shown by itself. */
  pathOf(id: string): string
  /** The ways of the header. */
  readonly places: readonly Place[]
}

export type Place = readonly [path: string, name: string, screens: readonly Route['screen'][]]

const movies: Demo = {
  name: 'movies',
  home: '/',
  thing: 'film',
  things: 'films',
  pathOf: filmPath,
  places: [
    ['/', 'Home', ['home']],
    [feedPath(), 'Feed', ['feed']],
    [genresPath, 'Genres', ['genres', 'collection']],
  ],
}

const news: Demo = {
  name: 'news',
  home: newsPath(),
  thing: 'story',
  things: 'stories',
  pathOf: storyPath,
  places: [[newsPath(), 'News', ['news', 'story']]],
}

const video: Demo = {
  name: 'video',
  home: videoPath,
  thing: 'video',
  things: 'videos',
  pathOf: filmPath,
  places: [[videoPath, 'Videos', ['video']]],
}

/** What the page that the server sent says of itself, before anything is asked. */
export function demoShown(): Demo {
  const named = document.documentElement.dataset['demo']
  return [news, video].find(({ name }) => name === named) ?? movies
}
