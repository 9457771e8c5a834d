import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

interface PlayingOptions {
  /** Is it on screen, and not stopped by anybody? */
  readonly runs: boolean
  readonly seconds: number
  readonly onEnd: () => void
  /** Called for each frame with the share that was played, beyond 1 where it plays again. */
  readonly onFrame: (share: number) => void
}

/** A page that nobody sees is given no frames: longer than this, and nobody looked. */
const frameMsMax = 1_000

/** Lets the time of a video pass while it runs. What was played grows beyond 1 after its end. */
export function usePlaying({ runs, seconds, onEnd, onFrame }: PlayingOptions) {
  const played = useRef(0)
  const isOver = useSignal(false)
  const calls = useRef({ onEnd, onFrame })
  calls.current = { onEnd, onFrame }
  useEffect(() => {
    if (!runs) return
    let last = performance.now()
    let frame = requestAnimationFrame(function tick(now: number) {
      played.current += Math.min(frameMsMax, Math.max(0, now - last)) / (seconds * 1_000)
      last = now
      calls.current.onFrame(played.current)
      if (played.current >= 1 && !isOver.value) {
        isOver.value = true
        calls.current.onEnd()
      }
      frame = requestAnimationFrame(tick)
    })
    return () => cancelAnimationFrame(frame)
  }, [runs, seconds, isOver])
  return { played, isOver }
}
