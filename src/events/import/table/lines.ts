import { open } from 'node:fs/promises'
import { TextDecoder } from 'node:util'
import { invalid } from '../../../error.ts'

/** Lines of a text file in blocks, without their ends. */
export interface LineBlock {
  /** The number of the first line, from 1. */
  readonly first: number
  readonly lines: readonly string[]
}

const blockBytes = 256 * 1024
const longestLine = 16 * 1024 * 1024

/**
 * Reads a file of UTF-8, or of UTF-16 where it begins with that mark. Bytes that are neither become
 * U+FFFD. Rejects with `invalid_argument` at a line above 16 Mi characters, so memory is bounded.
 */
export async function* readLines(path: string): AsyncGenerator<LineBlock> {
  await using file = await open(path)
  const buffer = Buffer.allocUnsafe(blockBytes)
  let decoder: TextDecoder | undefined
  let rest = ''
  let first = 1
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, blockBytes)
    const bytes = buffer.subarray(0, bytesRead)
    decoder ??= new TextDecoder(encodingOf(bytes))
    const text = rest + decoder.decode(bytes, { stream: bytesRead > 0 })
    const lines = text.split('\n')
    rest = bytesRead > 0 ? lines.pop()! : ''
    if (bytesRead === 0 && lines.at(-1) === '') lines.pop()
    for (let index = 0; index < lines.length; index++) {
      const line = lines[index]!
      if (line.endsWith('\r')) lines[index] = line.slice(0, -1)
    }
    if (rest.length > longestLine) {
      const line = first + lines.length
      throw invalid(path, `line ${line} is longer than ${longestLine} characters, the most allowed`)
    }
    if (lines.length > 0) yield { first, lines }
    first += lines.length
    if (bytesRead === 0) return
  }
}

/** A byte order mark is dropped by the decoder itself. */
function encodingOf(start: Buffer): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}
