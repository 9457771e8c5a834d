import type { ComponentType } from 'preact'
import { useRef } from 'preact/hooks'
import { useCurrentInView } from '../../src/parts/base/use-current-in-view.ts'
import { type Place, paths } from '../route/place.ts'
import { useConsole } from '../state/console.ts'
import {
  ItemsIcon,
  MetricsIcon,
  ModelsIcon,
  NowIcon,
  ParametersIcon,
  SetsIcon,
  SqlIcon,
  StreamsIcon,
  UsersIcon,
} from './icons.tsx'

type Entry = readonly [
  screen: Place['screen'],
  path: string,
  name: string,
  Icon: ComponentType<Record<string, never>>,
]

const entries: readonly Entry[] = [
  ['now', paths.now, 'Now', NowIcon],
  ['metrics', paths.metrics(), 'Metrics', MetricsIcon],
  ['sql', paths.sql(), 'SQL', SqlIcon],
  ['users', paths.users, 'Users', UsersIcon],
  ['items', paths.items(), 'Items', ItemsIcon],
  ['streams', paths.streams, 'Streams', StreamsIcon],
  ['sets', paths.sets, 'Sets', SetsIcon],
  ['parameters', paths.parameters, 'Parameters', ParametersIcon],
  ['models', paths.models, 'Models', ModelsIcon],
]

/** Where one can go. */
export function Places() {
  const { screen } = useConsole().router.route.value
  const nav = useRef<HTMLElement>(null)
  // On a phone the places are a bar, wider than the screen.
  useCurrentInView(nav, screen, entries.length)
  return (
    <nav ref={nav} class="places" aria-label="Console">
      <ul>
        {entries.map(([name, path, words, Icon]) => (
          <li key={name}>
            <a href={path} aria-current={screen === name ? 'page' : undefined}>
              <Icon />
              {words}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
