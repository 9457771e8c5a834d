import type { ReadonlySignal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import {
  type Client,
  createClient,
  createTracker,
  type Tracker,
} from '../../../src/client/index.ts'
import { type Route, readRoute } from '../route/route.ts'
import { createRouter, type Router } from '../route/router.ts'
import { accessKey } from './access-key.ts'
import type { Explanation, Film, Found, Listing, Person } from './api.ts'
import { type Answers, createAnswers } from './ask/answers.ts'
import { type Demo, demoShown } from './demo.ts'
import { createFeeds, type Feeds } from './feeds.ts'
import { createHome, type Home } from './home/home.ts'
import { createHouse, type House } from './house.ts'
import { createItems, type Items } from './items.ts'
import { createNetwork } from './network.ts'
import { type Acts, createActs } from './person/acts.ts'
import { createDeeds, type Deeds } from './person/deeds.ts'
import { createFirsts, type Firsts } from './person/firsts.ts'
import { createVisitor, knownUsers, type Visitor } from './person/visitor.ts'
import { createTheme, type ThemeChoice } from './theme.ts'
import { createReel, type Reel } from './video/reel.ts'
import { createWide } from './wide.ts'

/** Everything that the parts of the site know and can do. */
export interface App {
  readonly client: Client
  readonly demo: Demo
  readonly router: Router<Route>
  readonly visitor: Visitor
  readonly items: Items
  readonly home: Home
  readonly feeds: Feeds
  readonly films: Answers<Film>
  readonly people: Answers<Person>
  readonly lists: Answers<Listing>
  readonly finds: Answers<Found>
  readonly reel: Reel
  readonly deeds: Deeds
  readonly acts: Acts
  readonly firsts: Firsts
  readonly tracker: Tracker
  readonly whys: Answers<Explanation>
  readonly house: House
  readonly theme: ThemeChoice
  readonly isOnline: ReadonlySignal<boolean>
  readonly isWide: ReadonlySignal<boolean>
  /** Shows the site to somebody. */
  showTo(user: string): void
  showToGuest(): void
  /** A new page of the feed. Resolves with whether it came while one was still there. */
  refresh(): Promise<boolean>
}

export function createApp(): App {
  const key = accessKey()
  const options = { base: '', ...(key !== undefined && { key }) }
  const client = createClient(options)
  const visitor = createVisitor()
  const tracker = createTracker({ client, user: visitor.user.value ?? '', delayMs: 1_500 })
  const items = createItems(client)
  const feeds = createFeeds(client, items)
  const home = createHome(client, items)
  const deeds = createDeeds()
  const firsts = createFirsts()
  const onTold = (): void => {
    if (visitor.isGuest.value) firsts.add()
    home.outdate()
  }
  const acts = createActs({ visitor, deeds, tracker, onTold })
  const router = createRouter(readRoute)
  const reel = createReel({ client, items, tracker, scenes: ['nearline', 'home'] })
  /** What was done until now is told as the deed of whoever did it. */
  const makeRoom = (other?: string): void => {
    if (other !== visitor.user.value) reel.leave()
    acts.reset()
    deeds.forget()
  }

  return {
    ...{ client, visitor, items, feeds, home, deeds, acts, firsts, tracker, reel },
    demo: demoShown(),
    router,
    films: createAnswers(),
    people: createAnswers(),
    lists: createAnswers(),
    finds: createAnswers(),
    whys: createAnswers(),
    house: createHouse(client),
    theme: createTheme(),
    isOnline: createNetwork(),
    isWide: createWide(),
    showTo(user) {
      makeRoom(user)
      visitor.choose(user)
      tracker.switchTo(user)
    },
    showToGuest() {
      makeRoom()
      firsts.begin()
      visitor.becomeGuest()
      tracker.switchTo(visitor.user.value ?? '')
    },
    async refresh() {
      const [place, address] = [feeds.place.value, router.address.value]
      const came = (await feeds.refresh()) && feeds.place.value === place
      if (came) acts.reset()
      // Whoever went on meanwhile is not to be scrolled about where they are now.
      return came && router.address.value === address
    },
  }
}

/** Shows the site to whom it was last shown; on a first visit, to somebody with a past. */
export function begin({ visitor, showTo }: App): void {
  showTo(visitor.user.value ?? knownUsers[0] ?? '')
}

export const AppContext = createContext<App | undefined>(undefined)

export function useApp(): App {
  const app = useContext(AppContext)
  if (app === undefined) throw new Error('a part of the site stands outside of it')
  return app
}
