import { useApp } from '../state/app.ts'
import { Feed } from './feed/feed.tsx'
import { Told } from './feed/told.tsx'
import { ChannelBar } from './header/channel-bar.tsx'
import { Header } from './header/header.tsx'
import { HouseNotes } from './header/house-notes.tsx'
import { HistoryList } from './history/history-list.tsx'
import { ItemSheet } from './item/item-sheet.tsx'
import { PageSheet } from './why/page-sheet.tsx'

/** The whole page: who and where above, the feed, what the user did beside it. */
export function PageFrame() {
  const { visitor } = useApp()
  return (
    <>
      <a class="skip" href="#feed">
        Skip to the feed
      </a>
      <Header />
      <ChannelBar />
      <HouseNotes />
      <div class="columns">
        <main id="feed" tabIndex={-1}>
          <Feed />
        </main>
        {visitor.user.value !== undefined && <HistoryList />}
      </div>
      <Told />
      <ItemSheet />
      <PageSheet />
    </>
  )
}
