import type { ParseArgsConfig } from 'node:util'

/** One word of the command line: `starling <name> …`. */
export interface Command {
  readonly name: string
  /** How it is called, and what its options mean. */
  readonly usage: string
  readonly options: NonNullable<ParseArgsConfig['options']>
  /** Options that may stand without a value, and the value that they stand for then. */
  readonly alone?: Readonly<Record<string, string>>
  /** Does it take words beside its options: files, or what to do? A stray word is refused. */
  readonly takesWords?: true

  /** Resolves with the exit code. Errors of the caller are thrown as `StarlingError`. */
  run(call: Call): Promise<number>
}

export interface Call {
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  readonly positionals: readonly string[]
  readonly terminal: Terminal
  /** Aborts with the first ctrl-C, or where the process is asked to end. */
  readonly signal: AbortSignal
  /** The page that a server shows, where it is still being built. */
  readonly page?: Promise<void>
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
