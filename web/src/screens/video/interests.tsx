import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Profile } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'

const count = 6

/** After something was done, the server needs a moment to hear of it. */
const delayMs = 1_200

/** The interests of the session, as the server has them. Asked anew with each moment. */
export function Interests({ moment }: { readonly moment: string }) {
  const { client, visitor } = useApp()
  const profile = useSignal<Profile | undefined>(undefined)
  const user = visitor.user.value
  useEffect(() => {
    if (user === undefined) return
    const waiting = new AbortController()
    const timer = setTimeout(() => {
      client.userProfile({ id: user, size: 3 * count }, { signal: waiting.signal }).then(
        (answer) => {
          profile.value = answer
        },
        // A server without profiles shows none.
        () => undefined,
      )
    }, delayMs)
    return () => {
      clearTimeout(timer)
      waiting.abort()
    }
  }, [client, user, moment, profile])
  // A name may be an author's and a keyword as well: it is said once, where it weighs most.
  const interests = (profile.value?.shortTerm ?? [])
    .filter(({ topic }, place, all) => all.findIndex((one) => one.topic === topic) === place)
    .slice(0, count)
  if (interests.length === 0) {
    return <p class="hint">Watch something to its end, and it will show here.</p>
  }
  const most = Math.max(...interests.map(({ weight }) => Math.abs(weight)), 1e-9)
  return (
    <ul class="interests">
      {interests.map(({ channel, attribute, topic, weight }) => (
        <li key={`${channel} ${attribute} ${topic}`} class={weight < 0 ? 'interest-less' : ''}>
          <span>{topic}</span>
          <span class="interest-bar" aria-hidden="true">
            <span style={{ width: `${((Math.abs(weight) / most) * 100).toFixed(0)}%` }} />
          </span>
        </li>
      ))}
    </ul>
  )
}
