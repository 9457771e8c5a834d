import { useApp } from '../../state/app.ts'
import { RefreshButton } from './refresh-button.tsx'

/** Says that what was told is noted: a new page is only made when it is asked for. */
export function Told() {
  const { acts } = useApp()
  const trouble = acts.trouble.value
  const isNoted = acts.told.value > 0
  return (
    <div class={`told ${isNoted || trouble !== undefined ? 'told-shown' : ''}`}>
      <p role="status">{trouble ?? (isNoted ? notedWords : '')}</p>
      {isNoted && <RefreshButton passing />}
    </div>
  )
}

const notedWords = 'Noted. Your next page will know.'
