import { each } from '../../covers/geometry.ts'
import { Avatar } from '../../parts/base/avatar.tsx'
import { StarIcon } from '../../parts/base/icons.tsx'
import { userPath } from '../../route/path.ts'
import type { Film } from '../../state/api.ts'
import { ago } from '../../words/numbers.ts'

/** Who likes a film most. */
export function Audience({ film }: { readonly film: Film | undefined }) {
  const people = film?.audience
  return (
    <section class="section" aria-labelledby="audience-title">
      <h2 id="audience-title">Who likes it most</h2>
      {people?.length === 0 && <p class="hint">Nobody has rated it yet. You could be the first.</p>}
      <ul class="audience">
        {people === undefined
          ? each(8).map((n) => <li key={n} class="fan bone" />)
          : people.map(({ user, value, at }) => (
              <li key={user}>
                <a class="fan" href={userPath(user)}>
                  <Avatar id={user} />
                  <span class="fan-text">
                    <strong>{user}</strong>
                    <span class="hint">{ago(Date.parse(at), Date.now())}</span>
                  </span>
                  <span class="fan-stars">
                    <StarIcon filled={1} /> {value ?? 'likes it'}
                  </span>
                </a>
              </li>
            ))}
      </ul>
    </section>
  )
}
