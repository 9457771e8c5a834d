import { useEffect } from 'preact/hooks'
import { FailureNote } from '../../parts/base/failure-note.tsx'
import { useTitle } from '../../parts/base/use-title.ts'
import { useApp } from '../../state/app.ts'
import { rowCount } from '../../state/home/home.ts'
import { HeroBones } from './hero-bones.tsx'
import { HomeRows } from './home-rows.tsx'
import { NewsNote } from './news-note.tsx'
import { RowBones } from './row-bones.tsx'
import { WelcomeStrip } from './welcome-strip.tsx'

/** The front page: rows of films, which ones and in which order as the user likes it. */
export function HomeScreen() {
  const { home, visitor, firsts } = useApp()
  useTitle('Films for you')
  const user = visitor.user.value
  useEffect(() => (user === undefined ? undefined : home.show(user)), [home, user])
  const rows = home.rows.value
  const failure = home.failure.value
  const degraded = home.degraded.value
  const isWelcome = visitor.isGuest.value && firsts.isWelcome.value
  return (
    <div class="home">
      <h1 class="unseen">Films for you</h1>
      {isWelcome && <WelcomeStrip />}
      {failure !== undefined && <FailureNote failure={failure} onRetry={() => void home.load()} />}
      {degraded !== undefined && (
        <p class="note note-weak">This page had to do without some of its sources: {degraded}.</p>
      )}
      {rows === undefined && failure === undefined && (
        <>
          {!isWelcome && <HeroBones />}
          <RowBones count={rowCount} />
        </>
      )}
      {rows?.length === 0 && <EmptyNote />}
      {rows !== undefined && <HomeRows rows={rows} hasHero={!isWelcome} />}
      <NewsNote />
    </div>
  )
}

function EmptyNote() {
  return (
    <div class="note" role="status">
      <div>
        <strong>There is nothing to recommend yet</strong>
        <p>Put items into the catalogue, and this page fills with the next look at it.</p>
      </div>
    </div>
  )
}
