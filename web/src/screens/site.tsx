import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { Footer } from '../parts/footer.tsx'
import { Header } from '../parts/header/header.tsx'
import { OfflineNote } from '../parts/offline-note.tsx'
import type { Route } from '../route/route.ts'
import { useApp } from '../state/app.ts'
import { CollectionScreen } from './collection/collection-screen.tsx'
import { GenresScreen } from './collection/genres-screen.tsx'
import { FeedScreen } from './feed/feed-screen.tsx'
import { FilmScreen } from './film/film-screen.tsx'
import { HomeScreen } from './home/home-screen.tsx'
import { NewsScreen } from './news/news-screen.tsx'
import { StoryScreen } from './news/story-screen.tsx'
import { NowhereScreen } from './nowhere-screen.tsx'
import { SearchScreen } from './search/search-screen.tsx'
import { UserScreen } from './user/user-screen.tsx'
import { VideoScreen } from './video/video-screen.tsx'
import { WhyScreen } from './why/why-screen.tsx'

/** The whole site: what is the same everywhere, and the screen that the address names. */
export function Site() {
  const { router, demo } = useApp()
  const main = useRef<HTMLElement>(null)
  const isFirst = useRef(true)
  const arrival = router.arrival.value
  useLayoutEffect(() => {
    router.settle()
    // Who came by a link reads on where the new screen begins.
    if (!isFirst.current) main.current?.focus({ preventScroll: true })
    isFirst.current = false
  }, [arrival, router])
  return (
    <>
      <a class="skip" href="#main">
        Skip to the {demo.things}
      </a>
      <Header />
      <OfflineNote />
      <main ref={main} id="main" tabIndex={-1}>
        <Screen route={router.route.value} />
      </main>
      <Footer />
      <TitleNote />
    </>
  )
}

function Screen({ route }: { readonly route: Route }) {
  switch (route.screen) {
    case 'home':
      return <FirstScreen />
    case 'news':
      return <NewsScreen channel={route.channel} />
    case 'story':
      return <StoryScreen key={route.id} id={route.id} />
    case 'video':
      return <VideoScreen />
    case 'feed':
      return <FeedScreen channel={route.channel} />
    case 'film':
      return <FilmScreen key={route.id} id={route.id} />
    case 'user':
      return <UserScreen key={route.id} id={route.id} model={route.model} />
    case 'genres':
      return <GenresScreen />
    case 'collection': {
      const { attribute, value, sort } = route
      const key = `${attribute} ${value}`
      return <CollectionScreen key={key} attribute={attribute} value={value} sort={sort} />
    }
    case 'search':
      return <SearchScreen text={route.text} />
    case 'why': {
      const { requestId, item } = route
      return <WhyScreen key={requestId} requestId={requestId} item={item} />
    }
    default:
      return <NowhereScreen />
  }
}

/** Where the site begins: a demo of another kind has a place of its own. */
function FirstScreen() {
  const { router, demo } = useApp()
  const isElsewhere = demo.name !== 'movies'
  useEffect(() => {
    if (isElsewhere) router.replace(demo.home)
  }, [router, demo, isElsewhere])
  return isElsewhere ? null : <HomeScreen />
}

/** Says where one is, after each change of screen, to those who do not see it. */
function TitleNote() {
  const { router } = useApp()
  const note = useRef<HTMLParagraphElement>(null)
  const arrival = router.arrival.value
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current && note.current !== null) note.current.textContent = document.title
    isFirst.current = false
  }, [arrival])
  return <p ref={note} class="unseen" aria-live="polite" />
}
