import { Ago } from '../../parts/ago.tsx'
import { Answered, Panel } from '../../parts/panel.tsx'
import { paths } from '../../route/place.ts'
import type { ItemOverview } from '../../state/api.ts'
import { useConsole } from '../../state/console.ts'
import { useLive } from '../../state/use-live.ts'
import { faceOf } from '../../words/titles.ts'
import { absent, whole } from '../../words/units.ts'

/** The record of an item, who likes it most, and what goes with it. */
export function ItemPanels({ id }: { readonly id: string }) {
  const { client } = useConsole()
  // Asked once: what is similar is a page that is served, and counted as one.
  const asked = useLive(`item ${id}`, (signal) =>
    client.itemOverview({ id, similar: 12, audience: 12 }, { signal }),
  )
  return (
    <div class="two">
      <Panel id="record" title="Record">
        <Answered asked={asked} room={16}>
          {(overview) => <Record overview={overview} />}
        </Answered>
      </Panel>
      <div class="stack">
        <Panel id="audience" title="Audience" note="who rated it highest, or likes it">
          <Answered
            asked={asked}
            room={8}
            isEmpty={({ audience }) => audience.length === 0}
            empty="Nobody has said that they like it."
          >
            {({ audience }) => (
              <ul class="rows">
                {audience.map(({ user, value, at }) => (
                  <li key={user}>
                    <a href={paths.user(user)}>{user}</a>
                    <span class="hint">
                      {value === undefined ? 'likes it' : `rated ${value}`}, <Ago at={at} />
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Answered>
        </Panel>
        <Panel id="similar" title="Similar" note="what is shown beside it">
          <Answered
            asked={asked}
            room={8}
            isEmpty={({ similar }) => (similar?.items.length ?? 0) === 0}
            empty="Nothing is known to be similar yet."
          >
            {({ similar }) => (
              <ul class="rows">
                {similar?.items.map(({ id: other, item, sources }) => (
                  <li key={other}>
                    <a href={paths.item(other)}>{faceOf(item, other)}</a>
                    <span class="hint">{sources?.join(', ')}</span>
                  </li>
                ))}
              </ul>
            )}
          </Answered>
        </Panel>
      </div>
    </div>
  )
}

function Record({ overview: { item, statistics } }: { readonly overview: ItemOverview }) {
  const { attributes, channels, withdrawn, availableFrom, availableUntil } = item
  const { impressions, clicks, likes, ratings, average } = statistics
  const figures = [
    ['Seen', whole(impressions)],
    ['Opened', whole(clicks)],
    ['Likes', whole(likes)],
    ['Ratings', whole(ratings)],
    ['Average', average === undefined ? absent : average.toFixed(2)],
  ] as const
  const facts: readonly (readonly [string, string])[] = [
    ...Object.entries(attributes).map(([name, value]) => [name, spelled(value)] as const),
    ...(channels.length > 0 ? [['channels', channels.join(', ')] as const] : []),
    ...(availableFrom === undefined ? [] : [['available from', availableFrom] as const]),
    ...(availableUntil === undefined ? [] : [['available until', availableUntil] as const]),
  ]
  return (
    <>
      <p class="record-title">
        {faceOf(item, item.id)} {withdrawn && <span class="badge badge-bad">withdrawn</span>}
      </p>
      <dl class="figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

const longest = 400

function spelled(value: unknown): string {
  const text = Array.isArray(value)
    ? value.join(', ')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)
  return text.length > longest ? `${text.slice(0, longest)} …` : text
}
