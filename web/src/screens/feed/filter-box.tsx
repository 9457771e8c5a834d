import { useSignal } from '@preact/signals'
import type { TargetedEvent } from 'preact'
import { FilterIcon } from '../../parts/base/icons.tsx'
import { useApp } from '../../state/app.ts'
import { FilterFault } from './filter-fault.tsx'

const examples = ['genres has "Comedy"', 'year >= 1990']

/** A condition on the items of new pages. */
export function FilterBox() {
  const { feeds, refresh } = useApp()
  const text = useSignal(feeds.filter.value)
  const { failure, busy } = feeds.shelf.value
  const fault = failure?.field === 'filter' ? failure.message : undefined
  const apply = (wanted: string): void => {
    text.value = wanted
    feeds.filter.value = wanted.trim()
    void refresh()
  }
  const clear = (): void => {
    text.value = ''
    feeds.filter.value = ''
    feeds.dismiss()
  }
  const submit = (event: TargetedEvent<HTMLFormElement, SubmitEvent>): void => {
    event.preventDefault()
    if (text.value.trim() === '') clear()
    else apply(text.value)
  }
  return (
    <search class="filter">
      <form onSubmit={submit} aria-busy={busy === 'refresh'}>
        <label class="unseen" for="filter">
          Filter new pages
        </label>
        <FilterIcon />
        <input
          id="filter"
          value={text.value}
          placeholder="Filter, such as year >= 1990"
          maxLength={2000}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-invalid={fault !== undefined}
          aria-describedby="filter-hint"
          onInput={(event) => {
            text.value = event.currentTarget.value
          }}
        />
        {feeds.filter.value !== '' && (
          <button type="button" class="quiet" onClick={clear}>
            Clear
          </button>
        )}
        <button type="submit" class="quiet">
          Apply
        </button>
      </form>
      <div id="filter-hint" class="filter-hint">
        {fault !== undefined ? (
          <FilterFault expression={feeds.filter.value} message={fault} />
        ) : (
          <p>
            Try{' '}
            {examples.map((example) => (
              <button type="button" class="example" key={example} onClick={() => apply(example)}>
                <code>{example}</code>
              </button>
            ))}
          </p>
        )}
      </div>
    </search>
  )
}
