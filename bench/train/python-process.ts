import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A script of `python/` that answers lines of JSON with such lines, one after the other. */
export interface PythonProcess extends AsyncDisposable {
  ask(question: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, number>>>
}

/** `threads` is what its libraries of linear algebra may use. */
export function openPython(python: string, script: string, folder: string, threads: number) {
  const limits = { OMP_NUM_THREADS: `${threads}`, OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' }
  const child = spawn(python, [join(import.meta.dirname, 'python', script), folder], {
    env: { ...process.env, ...limits },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const opened: PythonProcess = {
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`)
      const { value, done } = await lines.next()
      if (done) throw new Error(`${script} ended before it answered`)
      return JSON.parse(value)
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
  return opened
}
