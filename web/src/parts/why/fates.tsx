import { useEffect, useMemo } from 'preact/hooks'
import { Cover } from '../../covers/cover.tsx'
import type { Fate } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { type FateGroup, fateGroups } from '../../why/fate-groups.ts'
import { counted } from '../../words/numbers.ts'

/** What became of candidates that the page does not show. */
export function Fates({ lost }: { readonly lost: readonly Fate[] }) {
  const { items } = useApp()
  const groups = useMemo(() => fateGroups(lost), [lost])
  useEffect(
    () => items.want(groups.flatMap(({ examples }) => examples.map(({ id }) => id))),
    [items, groups],
  )
  if (groups.length === 0) return null
  return (
    <section aria-labelledby="fates-title">
      <h3 id="fates-title">What is not on it</h3>
      {groups.map((group) => (
        <FateList key={group.words} group={group} />
      ))}
    </section>
  )
}

function FateList({ group: { words, count, examples } }: { readonly group: FateGroup }) {
  const { items } = useApp()
  return (
    <>
      <p class="fate-words">
        <strong>{counted(count, 'title')}</strong> {words}
      </p>
      <ul class="fates">
        {examples.map(({ id, reason }) => {
          const face = items.face(id)
          return (
            <li key={id} class="deed">
              <span class="thumb">
                <Cover face={face} untitled />
              </span>
              <span class="deed-text">
                <span class="deed-title">{face.title}</span>
                <span class="deed-what">{reason ?? '\u00a0'}</span>
              </span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
