import { createReadStream } from 'node:fs'
import { invalid } from '../../../error.ts'

/** One line, and where it stands for whoever has to mend it. */
export type OnLine = (line: string, at: () => string, number: number) => void

/**
 * Gives the lines of a file one by one, empty ones left out. Line ends may be those of Unix or of
 * Windows, and a byte order mark is none of the text. Throws `invalid_argument` for a file that is
 * not there, is no text, or holds nothing.
 */
export async function eachLine(file: string, on: OnLine): Promise<void> {
  let [rest, number, told] = ['', 0, 0]
  const tell = (text: string): void => {
    number++
    const line = text.trim()
    if (line === '') return
    told++
    on(line, () => `${file}:${number}`, number)
  }
  const stream = createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })
  try {
    for await (const chunk of stream) {
      // No text holds a byte of 0: it is compressed, or in UTF-16, which some editors write.
      if (chunk.includes('\0')) throw invalid('file', `${file} must be text in UTF-8`)
      const text: string = rest + chunk
      let from = 0
      for (;;) {
        const to = text.indexOf('\n', from)
        if (to < 0) break
        tell(from === 0 && number === 0 ? withoutMark(text.slice(0, to)) : text.slice(from, to))
        from = to + 1
      }
      rest = text.slice(from)
    }
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause
    throw invalid('file', `${file} cannot be read: ${cause.message}`)
  }
  tell(number === 0 ? withoutMark(rest) : rest)
  if (told === 0) throw invalid('file', `${file} holds no row: it must hold one at least`)
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

/** The fields of a line, between blanks, commas, semicolons, bars or double colons. */
export function fieldsOf(line: string): readonly string[] {
  return line.split(/::|\s*[,;|]\s*|\s+/)
}

/** What a column of whom rows are of is called: `userId`, `user_id:token`, and the like. */
const columnName = new RegExp(
  /^"?(u[-_]id|(user|uid|session|label|click)([-_ ]?(id|name|key|no|index))?)/.source +
    /(:token)?"?(\s|,|;|\||::|$)/.source,
  'i',
)

/**
 * True for a first line that names columns: one that begins with whom rows are of. The whole name
 * counts: `user-1` is somebody.
 */
export function namesColumns(line: string, number: number): boolean {
  return number === 1 && columnName.test(line)
}

/** A number as a file spells it. */
export function numberIn(text: string | undefined, what: string, at: () => string): number {
  const told = textIn(text, what, at)
  const number = Number(told)
  if (Number.isFinite(number)) return number
  throw invalid(what, `${JSON.stringify(told)} must be a number, at ${at()}`)
}

/** A field that must be there. */
export function textIn(text: string | undefined, what: string, at: () => string): string {
  if (text !== undefined && text !== '') return text
  throw invalid(what, `is missing at ${at()}`)
}
