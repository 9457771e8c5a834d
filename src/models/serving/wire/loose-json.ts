import { invalid } from '../../../error.ts'

/** JSON as TensorFlow Serving speaks it: whole numbers of 64 bits, NaN and infinities as well. */
export type LooseJson =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly LooseJson[]
  | LooseObject

export type LooseObject = { readonly [key: string]: LooseJson }

/**
 * Numbers that lose something as doubles, or words that are none of JSON; within a text such a find
 * costs time and no more. Digits behind a point are rounded, as everywhere.
 */
const needsCare = /(?<![.\d])\d{16,}|NaN|Inf/

/** Throws `invalid_argument`, in the words of TensorFlow Serving, for what is no JSON. */
export function readLooseJson(text: string): LooseJson {
  if (text.trim() === '') throw fault('The document is empty')
  if (needsCare.test(text)) return careful(text)
  try {
    return JSON.parse(text) as LooseJson
  } catch {
    return careful(text)
  }
}

const depthMax = 64

function careful(text: string): LooseJson {
  let at = 0
  const fail = (what: string): never => {
    throw fault(`${what} at offset: ${at}`)
  }
  const blank = (): void => {
    while (at < text.length && ' \t\n\r'.includes(text[at]!)) at++
  }
  const value = (depth: number): LooseJson => {
    if (depth > depthMax) fail('Lists are nested too deep')
    blank()
    switch (text[at]) {
      case '{':
        return object(depth)
      case '[':
        return list(depth)
      case '"':
        return string()
      default:
        return scalar()
    }
  }
  const list = (depth: number): LooseJson => {
    const values: LooseJson[] = []
    at++
    blank()
    if (text[at] === ']') return done(values)
    for (;;) {
      values.push(value(depth + 1))
      blank()
      if (text[at] === ']') return done(values)
      if (text[at] !== ',') fail('Missing a comma or ] after an array element.')
      at++
    }
  }
  const done = <Value>(result: Value): Value => {
    at++
    return result
  }
  const object = (depth: number): LooseJson => {
    const entries: [string, LooseJson][] = []
    at++
    blank()
    if (text[at] === '}') return done({})
    for (;;) {
      blank()
      if (text[at] !== '"') fail('Missing a name for object member.')
      const name = string()
      blank()
      if (text[at] !== ':') fail('Missing a colon after a name of object member.')
      at++
      entries.push([name, value(depth + 1)])
      blank()
      // No key becomes more than a key: `__proto__` is one as well.
      if (text[at] === '}') return done(Object.fromEntries(entries))
      if (text[at] !== ',') fail('Missing a comma or } after an object member.')
      at++
    }
  }
  const string = (): string => {
    const found = match(strings)
    if (found === undefined) return fail('Missing a closing quotation mark in string.')
    try {
      return JSON.parse(found) as string
    } catch {
      return fail('Invalid escape character in string.')
    }
  }
  const scalar = (): LooseJson => {
    const found = match(words)
    // Null is a meaning too.
    return found === undefined ? number() : meanings.get(found)!
  }
  const number = (): number | bigint => {
    const found = match(numbers)
    if (found === undefined) return fail('Invalid value.')
    const exact = Number(found)
    if (!Number.isFinite(exact)) return fail('Number too big to be stored in double.')
    if (Number.isSafeInteger(exact) || !/^-?\d+$/.test(found)) return exact
    const whole = BigInt(found)
    return whole === BigInt.asIntN(64, whole) ? whole : exact
  }
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    at += found?.length ?? 0
    return found
  }
  const whole = value(0)
  blank()
  if (at < text.length) fail('The document root must not be followed by other values.')
  return whole
}

const strings = /"(?:[^"\\]|\\.)*"/y
const words = /(?:null|true|false|NaN|-?Inf(?:inity)?)(?!\w)/y
const numbers = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const meanings: ReadonlyMap<string, LooseJson> = new Map<string, LooseJson>([
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Inf', Number.POSITIVE_INFINITY],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Inf', Number.NEGATIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
])

function fault(message: string): Error {
  return invalid('JSON Parse error:', message)
}

/**
 * A number of single precision in as few digits as bring it back: six where they do, else nine.
 * Whole ones keep a point, so that whoever reads it sees a number of that kind.
 */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  const short = Number(value.toPrecision(6))
  const text = String(Math.fround(short) === value ? short : Number(value.toPrecision(9)))
  return /[.e]/.test(text) ? text : `${text}.0`
}
