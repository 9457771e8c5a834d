import { useEffect, useRef } from 'preact/hooks'
import { coverColours } from '../../covers/colours.ts'
import { Cover } from '../../covers/cover.tsx'
import { WideArt } from '../../covers/wide-art.tsx'
import { WhyIcon } from '../../parts/base/icons.tsx'
import { Stars } from '../../parts/card/stars.tsx'
import { filmPath, whyPath } from '../../route/path.ts'
import type { PageItem } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { sourceWords } from '../../why/sources.ts'

interface HeroProps {
  readonly entry: PageItem
  readonly requestId: string
}

/** The film that the server puts first, as large as the page allows. */
export function Hero({ entry, requestId }: HeroProps) {
  const { items, acts, deeds, tracker } = useApp()
  const hero = useRef<HTMLElement>(null)
  useEffect(() => {
    if (hero.current === null) return
    return tracker.seen(hero.current, { item: entry.id, token: entry.token })
  }, [tracker, entry])
  const face = items.face(entry.id)
  const { panel, ink } = coverColours(face)
  const [source] = entry.sources
  return (
    <section
      ref={hero}
      class="hero"
      aria-labelledby="hero-title"
      data-item={entry.id}
      style={{ '--panel': panel, '--ink-on-panel': ink }}
    >
      <WideArt face={face} />
      <div class="hero-text">
        <p class="hero-lead">{source === undefined ? 'For you' : sourceWords(source).short}</p>
        <h2 id="hero-title" class="hero-title">
          {face.title}
        </h2>
        <p class="hero-facts">{[face.year, ...face.genres].filter(Boolean).join(' · ')}</p>
        <div class="hero-tools">
          <a class="button hero-go" href={filmPath(entry.id)} onClick={() => acts.open(entry)}>
            About the film
          </a>
          <Stars
            title={face.title}
            stars={deeds.opinion(entry.id).stars}
            onRate={(stars) => acts.rate(entry, stars)}
          />
          <a class="hero-why" href={whyPath(requestId, entry.id)}>
            <WhyIcon />
            <span>Why this one?</span>
          </a>
        </div>
      </div>
      <div class="hero-cover" aria-hidden="true">
        <Cover face={face} />
      </div>
    </section>
  )
}
