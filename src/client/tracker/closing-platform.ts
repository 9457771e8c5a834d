import type { Platform } from './platform.ts'

/** A platform that calls nobody back any more once it is closed. */
export interface ClosingPlatform extends Platform {
  close(): void
}

export function closingPlatform(platform: Platform): ClosingPlatform {
  const open = new Set<() => void>()
  const remember = (callOff: () => void): (() => void) => {
    open.add(callOff)
    return () => {
      open.delete(callOff)
      callOff()
    }
  }
  return {
    ...platform,
    on: (happening, run) => remember(platform.on(happening, run)),
    watch: (element, tell) => remember(platform.watch(element, tell)),
    after(durationMs, run) {
      const callOff = remember(
        platform.after(durationMs, () => {
          callOff()
          run()
        }),
      )
      return callOff
    },
    close() {
      for (const callOff of [...open]) callOff()
      open.clear()
    },
  }
}
