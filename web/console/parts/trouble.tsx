import type { Failure } from '../../src/state/failure.ts'

interface TroubleProps {
  readonly failure: Failure
  /** What is shown below is from before. */
  readonly isStale?: boolean
}

/** Why a part of the console has no answer, in its place. It is asked for again of itself. */
export function Trouble({ failure, isStale = false }: TroubleProps) {
  const { code, message } = failure
  const [kind, head] = wordsOf(code)
  // A database points at the fault by a sign below it: that needs letters of one breadth.
  const isDrawn = message.includes('\n')
  return (
    <div class={`trouble trouble-${kind}`} role="status">
      <strong>{head}</strong>
      <span class={isDrawn ? 'trouble-drawn' : ''}>
        {code === 'unavailable' ? 'It may be starting, or stopped.' : sentence(message)}
        {isStale && ' What is shown is from before.'}
      </span>
    </div>
  )
}

function wordsOf(code: Failure['code']): readonly ['bad' | 'quiet', string] {
  switch (code) {
    case 'failed_precondition':
      return ['quiet', 'Not available here']
    case 'unavailable':
      return ['bad', 'The server does not answer']
    case 'not_found':
      return ['quiet', 'Not found']
    case 'deadline_exceeded':
      return ['bad', 'It took too long']
    default:
      return ['bad', 'That did not work']
  }
}

const sentence = (text: string): string => {
  const begun = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$|\n/.test(begun) ? begun : `${begun}.`
}
