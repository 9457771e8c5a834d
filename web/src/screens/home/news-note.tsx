import { useApp } from '../../state/app.ts'

/** Says quietly what the last thing that the user did has changed, or that it could not be told. */
export function NewsNote() {
  const { home, acts } = useApp()
  const news = home.news.value
  const words = acts.trouble.value ?? news?.words
  return (
    <div class="news" role="status">
      {words !== undefined && (
        <p key={words} class="news-words">
          {words}
        </p>
      )}
    </div>
  )
}
