import { parseArgs } from 'node:util'
import { createEngine } from '../../src/engine/create-engine.ts'
import { rankerName } from '../../src/engine/training/models-in-force.ts'
import { serve } from '../../src/server/serve.ts'
import { answering } from './child.ts'
import { type CpuProfile, openProfiler } from './profiler.ts'

/** What the loaded process may be asked. */
export type LoadedQuestion =
  | { readonly kind: 'address' }
  /** Learns all models from what was told so far; resolves with what came of it, in words. */
  | { readonly kind: 'train' }
  | { readonly kind: 'profile' }
  /** Ends the profile, and resolves with it. */
  | { readonly kind: 'profiled' }

const { values } = parseArgs({
  options: { folder: { type: 'string' }, retrain: { type: 'boolean', default: false } },
})
const engine = await createEngine({
  folder: values.folder!, // Handed over by whoever starts this.
  seed: 'load',
  retrain: values.retrain,
})
const serving = await serve({ engine, port: 0 })
const profiler = openProfiler()

answering(
  async (question: LoadedQuestion): Promise<string | CpuProfile | undefined> => {
    if (question.kind === 'address') return serving.addresses[0]
    if (question.kind === 'train') return (await engine.train(rankerName)).reason
    if (question.kind === 'profile') return void (await profiler.start())
    return profiler.stop()
  },
  async () => {
    await serving.close()
    await engine[Symbol.asyncDispose]()
  },
)
