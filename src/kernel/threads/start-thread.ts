import { type ResourceLimits, Worker } from 'node:worker_threads'

/**
 * Runs a module in a thread. TypeScript as it stands needs its loader registered in the new thread
 * too; built files need none, and are named `.js`.
 */
export function startThread(
  module: URL,
  workerData?: unknown,
  resourceLimits: ResourceLimits = {},
): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    const built = new URL(module.href.replace(/\.ts$/, '.js'))
    return new Worker(built, { workerData, resourceLimits })
  }
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'))
  const file = JSON.stringify(module.href)
  const start = `import { register } from ${loader}; register(); await import(${file})`
  const script = new URL(`data:text/javascript,${encodeURIComponent(start)}`)
  return new Worker(script, { workerData, resourceLimits })
}
