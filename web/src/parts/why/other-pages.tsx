import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { whyPath } from '../../route/path.ts'
import type { PageStamp } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { capital, spaced } from '../../words/listing.ts'
import { ago, counted } from '../../words/numbers.ts'

interface OtherPagesProps {
  readonly user: string
  /** The page that is looked at. */
  readonly requestId: string
}

const pageCount = 12

/** The user's recent pages, the way to why each of them is as it is. */
export function OtherPages({ user, requestId }: OtherPagesProps) {
  const { client } = useApp()
  const pages = useSignal<readonly PageStamp[]>([])
  useEffect(() => {
    const leaving = new AbortController()
    client.userPages({ id: user, size: pageCount }, { signal: leaving.signal }).then(
      (answer) => {
        pages.value = answer.pages
      },
      // Without the list the page is still whole.
      () => undefined,
    )
    return () => leaving.abort()
  }, [client, user, pages])
  return (
    <ol class="stamps">
      {pages.value.map((page) => (
        <li key={page.requestId}>
          <a
            class="stamp"
            href={whyPath(page.requestId)}
            aria-current={page.requestId === requestId ? 'page' : undefined}
          >
            <strong>{pageName(page)}</strong>
            <span class="hint">
              {counted(page.itemCount, 'item')} ·{' '}
              <time dateTime={page.servedAt}>{ago(Date.parse(page.servedAt), Date.now())}</time>
            </span>
          </a>
        </li>
      ))}
    </ol>
  )
}

/** "Channel Drama, page 3". */
export function pageName(page: Pick<PageStamp, 'scene' | 'channel' | 'batchId'>): string {
  const { scene, channel, batchId } = page
  const where = channel === '' ? capital(spaced(scene)) : `${capital(spaced(scene))} ${channel}`
  return `${where}, page ${batchId}`
}
