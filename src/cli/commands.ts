import type { Command } from './command.ts'

/** A command by its name, loaded when it is called: each stands on much that others never use. */
export interface Listed {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  readonly load: () => Promise<Command>
}

export const commands: readonly Listed[] = [
  {
    name: 'serve',
    summary: 'serve feeds over HTTP and gRPC, on one port',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
  {
    name: 'import',
    summary: 'bring in items, users and events from CSV, JSONL or Parquet files',
    load: async () => (await import('./import.ts')).importCommand,
  },
  {
    name: 'doctor',
    summary: 'read files before importing them, and say in words what is wrong',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'train',
    summary: 'learn the models anew from the log, and serve them if they are better',
    load: async () => (await import('./learning/train.ts')).train,
  },
  {
    name: 'jobs',
    summary: 'ask a running server what it learns, have it learn something, or stop it',
    load: async () => (await import('./learning/jobs.ts')).jobsCommand,
  },
  {
    name: 'replay',
    summary: 'fold the log anew, by several processes, and say what each part of the state came to',
    load: async () => (await import('./replay.ts')).replayCommand,
  },
  {
    name: 'evaluate',
    summary: 'learn models from a part of what happened, and judge them by the rest',
    load: async () => (await import('./learning/evaluate.ts')).evaluateCommand,
  },
  {
    name: 'simulate',
    summary: 'rehearse in a made-up world with known tastes, and see how well the feed learns',
    load: async () => (await import('./simulate.ts')).simulateCommand,
  },
  {
    name: 'keys',
    summary: 'create, list and revoke the keys that callers need',
    load: async () => (await import('./keys.ts')).keys,
  },
  {
    name: 'models',
    summary: 'import models made elsewhere (ONNX, tables, embeddings), list them, and export ours',
    load: async () => (await import('./learning/models.ts')).modelsCommand,
  },
  {
    name: 'load',
    summary: 'load a running server as users would, at a stated rate, and see how it fares',
    load: async () => (await import('./load.ts')).loadCommand,
  },
  {
    name: 'metrics',
    summary: 'ask a running server how its feeds do: click rates, retention, coverage, latency',
    load: async () => (await import('./insight/metrics.ts')).metricsCommand,
  },
  {
    name: 'query',
    summary: 'ask all that happened by SQL, of a running server or of a state folder',
    load: async () => (await import('./insight/query.ts')).queryCommand,
  },
  {
    name: 'report',
    summary: 'which sources brought what was acted on, week by week, and which is the weakest',
    load: async () => (await import('./insight/report.ts')).reportCommand,
  },
]
