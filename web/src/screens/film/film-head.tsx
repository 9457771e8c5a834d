import { Cover } from '../../covers/cover.tsx'
import { WideArt } from '../../covers/wide-art.tsx'
import type { Face } from '../../items/face.ts'
import { linksOf } from '../../items/links.ts'
import { OutIcon, WhyIcon } from '../../parts/base/icons.tsx'
import { collectionPath, whyPath } from '../../route/path.ts'
import type { Film, ItemView } from '../../state/api.ts'
import { useApp } from '../../state/app.ts'
import { Histogram } from './histogram.tsx'
import { OpinionForm } from './opinion-form.tsx'

interface FilmHeadProps {
  readonly face: Face
  readonly view: ItemView | undefined
  /** Undefined while it is on its way. */
  readonly film: Film | undefined
}

/**
 * The film itself: its cover, its name, its genres, what people gave it, what the user gives it.
 */
export function FilmHead({ face, view, film }: FilmHeadProps) {
  const { demo } = useApp()
  return (
    <div class="film-head">
      {view !== undefined && <WideArt face={face} />}
      <div class="film-head-inner">
        <div class="film-cover">
          {view === undefined ? <span class="bone bone-cover" /> : <Cover face={face} />}
        </div>
        <div class="film-text">
          {view === undefined ? (
            <>
              <h1 class="unseen">A {demo.thing} is on its way</h1>
              <span class="bone bone-headline" />
              <span class="bone bone-title" />
            </>
          ) : (
            <>
              <h1>{face.title}</h1>
              {face.alias !== undefined && <p class="film-alias">{face.alias}</p>}
              <FilmFacts face={face} view={view} />
            </>
          )}
          <OpinionForm id={face.id} title={face.title} />
          <Shown id={face.id} />
        </div>
        <Histogram statistics={film?.statistics} />
      </div>
    </div>
  )
}

function FilmFacts({ face, view }: { readonly face: Face; readonly view: ItemView }) {
  return (
    <ul class="film-facts">
      {face.year !== undefined && <li class="film-year">{face.year}</li>}
      {face.genres.map((genre) => (
        <li key={genre}>
          <a class="chip" href={collectionPath('genres', genre)}>
            {genre}
          </a>
        </li>
      ))}
      {linksOf(view).map(({ name, href }) => (
        <li key={name}>
          <a class="quiet" href={href} rel="external noreferrer">
            <span>{name}</span>
            <OutIcon />
          </a>
        </li>
      ))}
    </ul>
  )
}

/** The way to why the film was shown, where this visit came by a page that showed it. */
function Shown({ id }: { readonly id: string }) {
  const showing = useApp().items.showing(id)
  return (
    <p class="film-shown">
      {showing !== undefined && (
        <a class="quiet" href={whyPath(showing.requestId, id)}>
          <WhyIcon />
          <span>Why was this recommended?</span>
        </a>
      )}
    </p>
  )
}
