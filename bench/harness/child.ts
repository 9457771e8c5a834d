import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A process of our own, so that what it costs can be told from what the others cost. */
export interface Child extends AsyncDisposable {
  readonly pid: number
  /** Asks by message, and resolves with the answer; one question at a time. */
  ask<Answer>(question: unknown): Promise<Answer>
}

/**
 * Starts a TypeScript module that answers with `answering`, below. Rejects where it does not start.
 */
export async function startChild(module: URL, args: readonly string[] = []): Promise<Child> {
  const child = fork(fileURLToPath(module), [...args], {
    // As the command line runs it.
    execArgv: ['--import', new URL('../../bin/loader.mjs', import.meta.url).href],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  await nextMessage(child)
  return {
    pid: child.pid!,
    async ask<Answer>(question: unknown) {
      const answer = nextMessage(child)
      child.send({ question })
      return (await answer) as Answer // The module answers its own questions.
    },
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.disconnect()
      await ended
    },
  }
}

/** The other side: answers until the parent lets go, then runs `end`. */
export function answering(
  answer: (question: never) => unknown | Promise<unknown>,
  end: () => Promise<void> = async () => undefined,
): void {
  process.on('message', async ({ question }: { question: never }) => {
    try {
      process.send!({ answer: await answer(question) })
    } catch (error) {
      process.send!({ failure: error instanceof Error ? error.stack : String(error) })
    }
  })
  process.once('disconnect', () => void end().then(() => process.exit(0)))
  process.send!({ answer: 'ready' })
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = () => child.off('message', heard).off('exit', gone)
    const heard = (message: { answer?: unknown; failure?: string }): void => {
      settle()
      if (message.failure === undefined) resolve(message.answer)
      else reject(new Error(message.failure))
    }
    const gone = (code: number | null): void => {
      settle()
      reject(new Error(`${child.spawnfile} ${child.spawnargs.at(-1)} ended with code ${code}`))
    }
    child.on('message', heard).on('exit', gone)
  })
}
