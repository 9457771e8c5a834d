import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

/** How far a page was pulled beyond its top, as a share of what is needed: 0, to 1 and above. */
export type Pull = ReadonlySignal<number>

/** Pixels of pulling that ask for more; the page follows the finger at half its pace. */
const neededPx = 140

/** A wheel has no end to its turning: what is turned in one go counts together. */
const wheelPauseMs = 250

/** Calls when the page is pulled down at its top, by finger, by mouse or by wheel, and let go. */
export function usePull(onPull: () => void): Pull {
  const share = useSignal(0)
  const latest = useRef(onPull)
  latest.current = onPull
  useEffect(() => {
    let from: number | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const end = (): void => {
      clearTimeout(timer)
      const isEnough = share.value >= 1
      from = undefined
      share.value = 0
      if (isEnough) latest.current()
    }
    const begin = (y: number): void => {
      from = scrollY <= 0 ? y : undefined
    }
    const move = (y: number): void => {
      if (from === undefined) return
      share.value = scrollY > 0 ? 0 : Math.max(0, y - from) / neededPx
    }

    const touchStart = (event: TouchEvent): void => {
      if (event.touches.length === 1) begin(event.touches[0]?.clientY ?? 0)
    }
    const touchMove = (event: TouchEvent): void => {
      move(event.touches[0]?.clientY ?? 0)
      // Else the browser would pull the page itself, or load it anew.
      if (share.value > 0 && event.cancelable) event.preventDefault()
    }
    const mouseDown = (event: MouseEvent): void => {
      const isOnText = event.target instanceof Element && event.target.closest('a, button, input')
      if (event.button === 0 && !isOnText) begin(event.clientY)
    }
    const mouseMove = (event: MouseEvent): void => {
      if (from === undefined) return
      if ((event.buttons & 1) === 0) end()
      else move(event.clientY)
    }
    const wheel = (event: WheelEvent): void => {
      if (event.deltaY >= 0 || scrollY > 0 || event.ctrlKey) return
      share.value = Math.min(1.2, share.value - event.deltaY / (2 * neededPx))
      clearTimeout(timer)
      timer = setTimeout(end, wheelPauseMs)
    }
    const listeners = [
      ['touchstart', touchStart, { passive: true }],
      ['touchmove', touchMove, { passive: false }],
      ['touchend', end, { passive: true }],
      ['touchcancel', end, { passive: true }],
      ['mousedown', mouseDown, { passive: true }],
      ['mousemove', mouseMove, { passive: true }],
      ['mouseup', end, { passive: true }],
      ['wheel', wheel, { passive: true }],
    ] as const
    for (const [type, listen, options] of listeners) {
      addEventListener(type, listen as EventListener, options)
    }
    return () => {
      clearTimeout(timer)
      for (const [type, listen] of listeners) removeEventListener(type, listen as EventListener)
    }
  }, [share])
  return share
}
