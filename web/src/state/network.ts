import { type ReadonlySignal, signal } from '@preact/signals'

/** Whether the browser has a network at all. */
export function createNetwork(): ReadonlySignal<boolean> {
  const isOnline = signal(navigator.onLine)
  const look = (): void => {
    isOnline.value = navigator.onLine
  }
  addEventListener('online', look)
  addEventListener('offline', look)
  return isOnline
}
