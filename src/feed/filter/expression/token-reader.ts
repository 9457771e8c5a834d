import type { StarlingError } from '../../../error.ts'
import { clipped, fault } from './fault.ts'
import { type Token, tokensOf } from './tokens.ts'

/** Goes through the tokens of a text, one by one and never back. */
export interface TokenReader {
  readonly next: Token
  skip(): void

  /** Skips the next token where it is this word, in any case. */
  takeWord(word: string): boolean

  takeSymbol(symbol: string): boolean
  expectSymbol(symbol: string): void

  /** The error that something else should stand here. */
  expected(what: string): StarlingError
}

export function tokenReader(text: string): TokenReader {
  const tokens = tokensOf(text)
  let at = 0

  function take(fits: (token: Token) => boolean): boolean {
    if (!fits(tokens[at]!)) return false
    at++
    return true
  }

  const reader: TokenReader = {
    get next() {
      return tokens[at]!
    },
    skip() {
      at++
    },
    takeWord: (word) =>
      take((token) => token.kind === 'name' && !token.quoted && token.name.toLowerCase() === word),
    takeSymbol: (symbol) => take((token) => token.kind === 'symbol' && token.text === symbol),
    expectSymbol(symbol) {
      if (!reader.takeSymbol(symbol)) throw reader.expected(symbol)
    },
    expected(what) {
      const { kind, text, column } = reader.next
      return fault(
        column,
        `expected ${what}, but here is ${kind === 'end' ? 'the end' : clipped(text)}`,
      )
    },
  }
  return reader
}
