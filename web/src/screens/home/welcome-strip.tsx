import { each } from '../../covers/geometry.ts'
import { userPath } from '../../route/path.ts'
import { useApp } from '../../state/app.ts'
import { firstsMax } from '../../state/person/firsts.ts'
import { counted } from '../../words/numbers.ts'

/** Greets somebody new, and counts the first things they do: each of them changes the page. */
export function WelcomeStrip() {
  const { firsts, visitor } = useApp()
  const count = firsts.count.value
  const isKnown = count >= firstsMax
  return (
    <section class="welcome" aria-labelledby="welcome-title">
      <div class="welcome-text">
        <h2 id="welcome-title" class="welcome-title">
          {isKnown ? 'Nice to have met you' : 'Welcome. What do you like?'}
        </h2>
        <p>
          {isKnown
            ? 'These rows are yours now, and go on changing with all that you do.'
            : 'Give stars to films you know, or open what tempts you. Every one moves the page.'}
        </p>
      </div>
      <div class="welcome-count">
        <div
          class="welcome-steps"
          role="progressbar"
          aria-label="Getting to know you"
          aria-valuemin={0}
          aria-valuemax={firstsMax}
          aria-valuenow={count}
        >
          {each(firstsMax).map((n) => (
            <span key={n} class={n < count ? 'welcome-step done' : 'welcome-step'} />
          ))}
        </div>
        {isKnown ? (
          <p class="welcome-next">
            <a class="button primary" href={userPath(visitor.user.value ?? '')}>
              See your taste
            </a>
            <button type="button" class="button" onClick={() => firsts.end()}>
              Done
            </button>
          </p>
        ) : (
          <p class="welcome-words" role="status">
            {count === 0 ? `${counted(firstsMax, 'step')} to go` : `${count} of ${firstsMax}`}
          </p>
        )}
      </div>
    </section>
  )
}
