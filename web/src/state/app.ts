import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import {
  type Client,
  createClient,
  createTracker,
  type Tracker,
} from '../../../src/client/index.ts'
import { accessKey } from './access-key.ts'
import { type Acts, createActs } from './acts.ts'
import { createDeeds, type Deeds } from './deeds.ts'
import { createExplanations, type Explanations } from './explanations.ts'
import { createFeeds, type Feeds } from './feeds.ts'
import { createHouse, type House } from './house.ts'
import { createItems, type Items } from './items.ts'
import { createPanel, type Panel } from './panel.ts'
import { createTheme, type ThemeChoice } from './theme.ts'
import { createVisitor, knownUsers, type Visitor } from './visitor.ts'

/** Everything that the parts of the page know and can do. */
export interface App {
  readonly client: Client
  readonly visitor: Visitor
  readonly items: Items
  readonly feeds: Feeds
  readonly deeds: Deeds
  readonly acts: Acts
  readonly panel: Panel
  readonly explanations: Explanations
  readonly tracker: Tracker
  readonly house: House
  readonly theme: ThemeChoice
  /** Shows the page to somebody. */
  showTo(user: string): void
  showToGuest(): void
  /** A channel of the catalogue; empty for the front page. */
  goTo(channel: string): void
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
  const deeds = createDeeds(client)
  const panel = createPanel()
  const acts = createActs({ visitor, deeds, panel, tracker })

  const arrive = (): void => {
    const user = visitor.user.value
    if (user === undefined) return
    tracker.switchTo(user)
    acts.reset()
    feeds.goTo({ user, scene: 'home', channel: '' })
    void deeds.load(user)
  }

  return {
    ...{ client, visitor, items, feeds, deeds, acts, panel, tracker },
    explanations: createExplanations(client),
    house: createHouse(client),
    theme: createTheme(),
    showTo(user) {
      visitor.choose(user)
      arrive()
    },
    showToGuest() {
      visitor.becomeGuest()
      arrive()
    },
    goTo(channel) {
      const user = visitor.user.value
      const scene = channel === '' ? 'home' : 'channel'
      if (user !== undefined) feeds.goTo({ user, scene, channel })
    },
    async refresh() {
      const came = await feeds.refresh()
      if (came) acts.reset()
      return came
    },
  }
}

/** Shows the page to whom it was last shown; on a first visit, to somebody with a past. */
export function begin({ visitor, showTo }: App): void {
  showTo(visitor.user.value ?? knownUsers[0] ?? '')
}

export const AppContext = createContext<App | undefined>(undefined)

export function useApp(): App {
  const app = useContext(AppContext)
  if (app === undefined) throw new Error('a part of the page stands outside of it')
  return app
}
