import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { invalid, StarlingError } from '../../../error.ts'

/** The lines of a text file with their numbers, from 1; empty ones are passed over. */
export async function* textLines(file: string): AsyncIterable<readonly [string, number]> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity })
  let number = 0
  try {
    for await (const line of lines) {
      number++
      if (line.trim() !== '') yield [line, number]
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StarlingError('failed_precondition', `${file} cannot be read: ${why}`, { cause })
  }
}

export function badLine(file: string, line: number, why: string): StarlingError {
  return invalid(`${file.split(/[\\/]/).at(-1)}:${line}`, why)
}
