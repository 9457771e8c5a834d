import { parseArgs } from 'node:util'
import { StarlingError } from '../error.ts'
import type { Command } from './command.ts'
import { doctor } from './doctor.ts'
import { importCommand } from './import.ts'
import { keys } from './keys.ts'
import { loadCommand } from './load.ts'
import { serveCommand } from './serve.ts'
import { simulateCommand } from './simulate.ts'
import { processTerminal } from './terminal.ts'
import { train } from './train.ts'

const commands: readonly Command[] = [
  serveCommand,
  importCommand,
  doctor,
  train,
  simulateCommand,
  keys,
  loadCommand,
]

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const terminal = processTerminal()
  const command = commands.find(({ name }) => name === args[0])
  if (command === undefined) {
    const asked = args[0] === undefined || ['help', '--help', '-h'].includes(args[0])
    if (!asked) terminal.tell(`starling: no command ${args[0]}`)
    terminal.print(overview())
    return asked ? 0 : 2
  }
  const stopping = new AbortController()
  const stop = (name: NodeJS.Signals): void => {
    // A second ctrl-C does not wait: all that was acknowledged is safe already.
    if (stopping.signal.aborted) process.exit(130)
    const told = name === 'SIGINT' ? 'stopping' : name
    terminal.tell(`${told}: finishing what is under way (again to end at once)`)
    stopping.abort(new StarlingError('canceled', 'stopped'))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    const { values, positionals } = parse(command, args.slice(1))
    if (values['help'] === true) {
      terminal.print(command.usage)
      return 0
    }
    return await command.run({ values, positionals, terminal, signal: stopping.signal })
  } catch (error) {
    if (stopping.signal.aborted) return 130
    terminal.tell(describe(error, command))
    return 1
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

function parse(command: Command, args: readonly string[]) {
  try {
    const options = { ...command.options, help: { type: 'boolean', short: 'h' } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    // No option of ours is given more than once.
    return { values: values as Record<string, string | boolean | undefined>, positionals }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new StarlingError('invalid_argument', `${message}\n\n${command.usage}`)
  }
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
