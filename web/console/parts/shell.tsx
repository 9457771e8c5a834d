import { useLayoutEffect, useRef } from 'preact/hooks'
import { FailureNote } from '../../src/parts/base/failure-note.tsx'
import { takeAccessKey } from '../../src/state/access-key.ts'
import type { Place } from '../route/place.ts'
import { ItemsScreen } from '../screens/items/items-screen.tsx'
import { MetricsScreen } from '../screens/metrics/metrics-screen.tsx'
import { ModelsScreen } from '../screens/models/models-screen.tsx'
import { NowScreen } from '../screens/now/now-screen.tsx'
import { NowhereScreen } from '../screens/nowhere-screen.tsx'
import { ParametersScreen } from '../screens/parameters/parameters-screen.tsx'
import { SetsScreen } from '../screens/sets/sets-screen.tsx'
import { SqlScreen } from '../screens/sql/sql-screen.tsx'
import { StreamsScreen } from '../screens/streams/streams-screen.tsx'
import { UsersScreen } from '../screens/users/users-screen.tsx'
import { useConsole } from '../state/console.ts'
import { Masthead } from './masthead.tsx'
import { Places } from './places.tsx'

/** The whole console: where one can go, and the screen that the address names. */
export function Shell() {
  const { router, refusal } = useConsole()
  const main = useRef<HTMLElement>(null)
  const isFirst = useRef(true)
  const arrival = router.arrival.value
  useLayoutEffect(() => {
    router.settle()
    if (!isFirst.current) main.current?.focus({ preventScroll: true })
    isFirst.current = false
  }, [arrival, router])
  const refused = refusal.value
  return (
    <div class="shell">
      <a class="skip" href="#main">
        Skip to the screen
      </a>
      <Masthead />
      <Places />
      <main ref={main} id="main" tabIndex={-1}>
        {refused === undefined ? (
          <Screen place={router.route.value} />
        ) : (
          <FailureNote failure={refused} onRetry={() => takeAccessKey('')} />
        )}
      </main>
    </div>
  )
}

function Screen({ place }: { readonly place: Place }) {
  switch (place.screen) {
    case 'now':
      return <NowScreen />
    case 'metrics':
      return <MetricsScreen view={place.view} />
    case 'sql':
      return <SqlScreen asked={place.sql} />
    case 'users':
      return <UsersScreen key={place.id} id={place.id} scene={place.scene} />
    case 'items':
      return <ItemsScreen key={place.id} id={place.id} words={place.words} />
    case 'streams':
      return <StreamsScreen />
    case 'sets':
      return <SetsScreen name={place.name} channel={place.channel} />
    case 'parameters':
      return <ParametersScreen name={place.name} />
    case 'models':
      return <ModelsScreen />
    default:
      return <NowhereScreen />
  }
}
