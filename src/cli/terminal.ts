import type { Terminal } from './command.ts'

/** On a terminal the line is drawn anew; in a file or a pipe a line comes now and then. */
const drawEveryMs = 100
const lineEveryMs = 2_000

/** What takes less is not worth a word. */
const silentMs = 500

const barWidth = 24

/** The terminal of this process: answers go to stdout, all else to stderr. */
export function processTerminal(): Terminal {
  const screen = process.stderr
  let step = ''
  let stepStartedMs = 0
  let drawnMs = 0
  let open = false

  const closeLine = (): void => {
    if (open) screen.write('\n')
    open = false
  }

  return {
    print(text) {
      closeLine()
      process.stdout.write(`${text}\n`)
    },
    tell(text) {
      closeLine()
      screen.write(`${text}\n`)
    },
    progress(name, share) {
      const now = performance.now()
      if (name !== step) {
        closeLine()
        step = name
        stepStartedMs = now
        drawnMs = 0
      }
      const done = share >= 1
      const worthIt = now - stepStartedMs > silentMs
      const due = now - drawnMs > (screen.isTTY ? drawEveryMs : lineEveryMs)
      if (!worthIt || !(due || (done && drawnMs > 0))) return
      drawnMs = done ? 0 : now
      const seconds = ((now - stepStartedMs) / 1_000).toFixed(0)
      const percent = String(Math.floor(share * 100)).padStart(3)
      const text = `  ${bar(share)} ${percent} %  ${name} (${seconds} s)`
      screen.write(screen.isTTY ? `\r\u001b[2K${text}` : `${text}\n`)
      open = screen.isTTY
      if (done) closeLine()
    },
  }
}

function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * barWidth)
  return '█'.repeat(full) + '░'.repeat(barWidth - full)
}
