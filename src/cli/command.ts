import type { ParseArgsConfig } from 'node:util'

/** One word of the command line: `starling <name> …`. */
export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** How it is called, and what its options mean. */
  readonly usage: string
  readonly options: NonNullable<ParseArgsConfig['options']>

  /** Resolves with the exit code. Errors of the caller are thrown as `StarlingError`. */
  run(call: Call): Promise<number>
}

export interface Call {
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  readonly positionals: readonly string[]
  readonly terminal: Terminal
  /** Aborts with the first ctrl-C, or where the process is asked to end. */
  readonly signal: AbortSignal
}

/** Where a command speaks. */
export interface Terminal {
  /** What was asked for. */
  print(text: string): void
  /** What goes on meanwhile: for people, beside the answer. */
  tell(text: string): void
  /** Progress of something long; share in [0, 1]. */
  progress(step: string, share: number): void
}
