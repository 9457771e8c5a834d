import { Worker } from 'node:worker_threads'
import { StarlingError } from '../../error.ts'
import type { WasmMemory, WasmModule } from './web-assembly.ts'

/** A thread that runs kernels over a memory, one call after the other. */
export interface KernelThread {
  /** Rejects where the thread ended, for whatever reason. */
  call(kernel: string, values: readonly number[]): Promise<number>
  /** Ends the thread, in the middle of a call if need be. */
  stop(): Promise<void>
}

/**
 * What runs in the thread. As text, because a file of TypeScript would need its loader in every
 * thread, which takes longer than a small training.
 */
const program = `
  const { parentPort, workerData } = require('node:worker_threads')
  const imports = { env: { memory: workerData.memory } }
  const { exports } = new WebAssembly.Instance(workerData.module, imports)
  parentPort.on('message', ([kernel, values]) => {
    parentPort.postMessage(exports[kernel](...values))
  })
`

interface Waiting {
  readonly resolve: (result: number) => void
  readonly reject: (reason: unknown) => void
}

export function startThread(module: WasmModule, memory: WasmMemory): KernelThread {
  const worker = new Worker(program, {
    eval: true,
    // Without the loaders that the process was started with.
    execArgv: [],
    workerData: { module, memory },
  })
  // Answers come in the order of the calls.
  const waiting: Waiting[] = []
  let ended: unknown
  const end = (reason: unknown): void => {
    ended ??= reason
    for (const { reject } of waiting.splice(0)) reject(ended)
  }
  worker.on('message', (result: number) => waiting.shift()?.resolve(result))
  worker.on('error', end)
  worker.on('exit', (code) => {
    end(new StarlingError('internal', `a thread of kernels ended with code ${code}`))
  })
  return {
    call(kernel, values) {
      if (ended !== undefined) return Promise.reject(ended)
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        worker.postMessage([kernel, values])
      })
    },
    async stop() {
      await worker.terminate()
    },
  }
}
