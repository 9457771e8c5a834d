import { parseArgs } from 'node:util'
import { StarlingError } from '../error.ts'
import type { Command } from './command.ts'
import { commands } from './commands.ts'
import { processTerminal } from './terminal.ts'

/**
 * Runs what is asked for in words; resolves with the exit code. `page` is being built meanwhile: a
 * server waits for it, and where it fails, all that goes on is stopped.
 */
export async function commandLine(args: readonly string[], page?: Promise<void>): Promise<number> {
  const terminal = processTerminal()
  const listed = commands.find(({ name }) => name === args[0])
  if (listed === undefined) {
    const asked = args[0] === undefined || ['help', '--help', '-h'].includes(args[0])
    if (!asked) terminal.tell(`starling: no command ${args[0]}`)
    terminal.print(overview())
    return asked ? 0 : 2
  }
  const command = await listed.load()
  const stopping = new AbortController()
  const stop = (name: NodeJS.Signals): void => {
    // A second ctrl-C does not wait: all that was acknowledged is safe already. Nor does it let
    // compiled parts wait, as an exit would: a database in the middle of a write never comes back.
    if (stopping.signal.aborted) process.kill(process.pid, 'SIGKILL')
    const told = name === 'SIGINT' ? 'stopping' : name
    terminal.tell(`${told}: finishing what is under way (again to end at once)`)
    stopping.abort(new StarlingError('canceled', 'stopped'))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  let failure: unknown
  page?.catch((error) => {
    failure = error
    stopping.abort(error)
  })
  try {
    const { values, positionals } = parse(command, args.slice(1))
    if (values['help'] === true) {
      terminal.print(command.usage)
      return 0
    }
    const { signal } = stopping
    return await command.run({ values, positionals, terminal, signal, ...(page && { page }) })
  } catch (error) {
    if (stopping.signal.aborted && failure === undefined) return 130
    terminal.tell(describe(failure ?? error, command))
    return 1
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

function parse(command: Command, args: readonly string[]) {
  try {
    const options = { ...command.options, help: { type: 'boolean', short: 'h' } } as const
    const allowPositionals = command.takesWords === true
    const spelt = spellOut(args, command.alone ?? {})
    const { values, positionals } = parseArgs({ args: spelt, options, allowPositionals })
    // Of an option that is given more than once, the last counts.
    return { values: values as Record<string, string | boolean | undefined>, positionals }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new StarlingError('invalid_argument', `${message}\n\n${command.usage}`)
  }
}

/** Gives options that stand without a value the one that they stand for. */
function spellOut(args: readonly string[], alone: Readonly<Record<string, string>>): string[] {
  return args.map((arg, place) => {
    const value = arg.startsWith('--') ? alone[arg.slice(2)] : undefined
    const next = args[place + 1]
    return value !== undefined && (next === undefined || next.startsWith('-'))
      ? `${arg}=${value}`
      : arg
  })
}

function describe(error: unknown, command: Command): string {
  if (error instanceof StarlingError && error.code !== 'internal')
    return `starling ${command.name}: ${error.message}`
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `starling ${command.name} failed, which is a fault of ours:\n${detail}`
}

function overview(): string {
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`)
  return [
    'Starling: feeds that learn from the next click.',
    '',
    'starling <command> [options]',
    '',
    ...rows,
    '',
    '"starling <command> --help" tells more.',
  ].join('\n')
}
