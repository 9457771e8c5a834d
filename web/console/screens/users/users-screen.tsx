import { LookUp } from '../../parts/look-up.tsx'
import { useTitle } from '../../parts/use-title.ts'
import { paths } from '../../route/place.ts'
import { useConsole } from '../../state/console.ts'
import { Busiest } from './busiest.tsx'
import { History } from './history.tsx'
import { Pages } from './pages.tsx'
import { ProfilePanels } from './profile-panels.tsx'
import { Queue } from './queue.tsx'

interface UsersScreenProps {
  readonly id: string
  /** Whose queue is shown. */
  readonly scene: string
}

/** What is known of a user, what waits for them, and what they were shown. */
export function UsersScreen({ id, scene }: UsersScreenProps) {
  const { router } = useConsole()
  useTitle(id === '' ? 'Users' : `User ${id}`)
  return (
    <div class="screen users">
      <div class="screen-head">
        <h1>{id === '' ? 'Users' : `User ${id}`}</h1>
        <LookUp
          label="Id of a user"
          value={id}
          onLookUp={(wanted) => router.go(paths.user(wanted))}
        />
      </div>
      {id === '' ? (
        <Busiest />
      ) : (
        <>
          <ProfilePanels id={id} />
          <div class="two">
            <History id={id} />
            <div class="stack">
              <Queue id={id} scene={scene} />
              <Pages id={id} />
            </div>
          </div>
        </>
      )}
    </div>
  )
}
