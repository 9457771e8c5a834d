import { useEffect, useRef } from 'preact/hooks'
import { useApp } from '../state/app.ts'
import { counted } from '../words/numbers.ts'
import { Bird } from './base/icons.tsx'

/**
 * What the catalogue is, and on what terms it is shown. It is asked for when somebody gets here.
 */
export function Footer() {
  const { house, demo } = useApp()
  const footer = useRef<HTMLElement>(null)
  useEffect(() => {
    if (footer.current === null) return
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && house.want())
    watch.observe(footer.current)
    return () => watch.disconnect()
  }, [house])
  return (
    <footer ref={footer} class="footer">
      <p class="footer-brand">
        <Bird />
        <span>Starling, a recommender that learns from the next click.</span>
      </p>
      <p class="footer-terms">
        <Terms /> {pictureWords[demo.name]}
      </p>
      <p>
        <a rel="external" href="/console">
          The console
        </a>
        {' · '}
        <a rel="external" href="/docs">
          The API
        </a>
      </p>
    </footer>
  )
}

const pictureWords = {
  movies: "The covers are drawn from each film's own record; none is a real poster.",
  news: "The pictures are drawn from each story's own record; none is a photograph.",
  video: "The videos are drawn from each one's own record; none was filmed.",
} as const

function Terms() {
  const status = useApp().house.status.value
  if (status === undefined) return null
  const catalogue = status.catalogue ?? ''
  // The licence of MovieLens must be told, where the server has not told it already.
  const lacksTerms = /^movielens/i.test(catalogue) && !/research/i.test(catalogue)
  return (
    <>
      {catalogue === ''
        ? `${counted(status.items, 'title')} in the catalogue.`
        : `Catalogue: ${catalogue}.`}
      {lacksTerms && ' MovieLens data: research use only.'}
    </>
  )
}
