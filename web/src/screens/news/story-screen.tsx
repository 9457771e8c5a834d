import { useEffect, useRef } from 'preact/hooks'
import { faceOf } from '../../items/face.ts'
import { storyOf } from '../../items/story.ts'
import { FailureNote } from '../../parts/base/failure-note.tsx'
import { BackIcon } from '../../parts/base/icons.tsx'
import { useTitle } from '../../parts/base/use-title.ts'
import { newsPath } from '../../route/path.ts'
import type { Film } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { useAnswer } from '../../state/ask/use-answer.ts'
import { StoryArt } from './story-art.tsx'
import { StoryCard } from './story-card.tsx'
import { StoryFacts } from './story-facts.tsx'
import { StoryOpinion } from './story-opinion.tsx'

const similarCount = 6

/** A story to read. How long it is read is told when it is left. */
export function StoryScreen({ id }: { readonly id: string }) {
  const { client, films, items, deeds, visitor } = useApp()
  const user = visitor.user.value
  const asked = useAnswer(films, `${id} ${user}`, async (signal) => {
    const wanted = { id, similar: similarCount }
    const answer = await client.itemOverview(
      { ...wanted, ...(user !== undefined && { user }) },
      { signal },
    )
    items.add([answer.item])
    if (answer.similar) {
      const { items: beside, requestId } = answer.similar
      items.learn(beside, requestId)
    }
    deeds.learn(answer.yours)
    return answer
  })
  const view = asked.answer?.item ?? items.view(id)
  const face = faceOf(id, view)
  useTitle(view === undefined ? undefined : face.title)
  if (asked.failure !== undefined && view === undefined) {
    return (
      <div class="screen">
        <h1>{asked.failure.code === 'not_found' ? 'This story is not here' : face.title}</h1>
        <FailureNote failure={asked.failure} onRetry={asked.retry} />
      </div>
    )
  }
  const story = storyOf(view)
  const [channel = ''] = story.channels
  return (
    <div class="screen reading">
      <a class="quiet" href={newsPath()}>
        <BackIcon />
        <span>News</span>
      </a>
      {view === undefined ? (
        <span class="bone story-bone" />
      ) : (
        <>
          <Article id={id}>
            <h1>{face.title}</h1>
            <StoryFacts story={story} />
            <StoryArt id={id} channel={channel} />
            <p class="story-lede">{story.summary}</p>
            {story.paragraphs.map((paragraph, place) => (
              <p key={place}>{paragraph}</p>
            ))}
          </Article>
          {/* Another one for each user: what is pressed and said in it is theirs. */}
          <StoryOpinion key={user} id={id} title={face.title} story={story} />
          <Similar page={asked.answer?.similar} />
        </>
      )}
    </div>
  )
}

/** What is read, and how long. */
function Article({
  id,
  children,
}: {
  readonly id: string
  readonly children: preact.ComponentChildren
}) {
  const { tracker, items } = useApp()
  const article = useRef<HTMLElement>(null)
  useEffect(() => {
    if (article.current === null) return
    const token = items.showing(id)?.entry.token
    return tracker.reading(article.current, { item: id, ...(token !== undefined && { token }) })
  }, [tracker, items, id])
  return (
    <article ref={article} class="article" data-item={id}>
      {children}
    </article>
  )
}

function Similar({ page }: { readonly page: Film['similar'] }) {
  if (page === undefined || page.items.length === 0) return null
  return (
    <section class="section" aria-labelledby="similar-title">
      <h2 id="similar-title">Stories like it</h2>
      <ul class="stories">
        {page.items.map((entry) => (
          <StoryCard
            key={entry.id}
            entry={entry}
            requestId={page.requestId}
            isNew={true}
            isLead={false}
          />
        ))}
      </ul>
    </section>
  )
}
