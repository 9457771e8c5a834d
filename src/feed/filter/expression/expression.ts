import type { Clock } from '../../../events/clock.ts'
import { check } from './check.ts'
import { compile, type Ground, type Keeps } from './compile.ts'
import type { Condition } from './condition.ts'
import { parseExpression } from './parse.ts'
import type { Node } from './syntax.ts'

/** A caller's condition on items, ready to be asked. */
export interface Expression {
  /**
   * Should the item stay? Holds for the moment and the catalogue it was compiled with: an answer's
   * worth of time, after which it is compiled anew.
   */
  readonly keeps: Keeps

  /** The attributes it reads, as first named; `id` and `age` are no attributes. */
  readonly attributes: readonly string[]
}

export interface ExpressionOptions extends Ground {
  /** What `now` and `age` mean; read once. */
  readonly clock: Clock
}

/**
 * Compiles a filter expression such as `genres has "Comedy" and year >= 1990`; the language is
 * described in docs/reference/filter.md. Throws `invalid_argument` with the column at fault where
 * the text does not parse, or does not fit the catalogue's schema.
 */
export function compileExpression(text: string, options: ExpressionOptions): Expression {
  const condition = check(parsed(text), options.catalogue.schema, options.clock.now())
  return { keeps: compile(condition, options), attributes: [...new Set(attributesOf(condition))] }
}

function* attributesOf(condition: Condition): Iterable<string> {
  if (condition.kind === 'not') yield* attributesOf(condition.part)
  else if ('parts' in condition) for (const part of condition.parts) yield* attributesOf(part)
  else if ('attribute' in condition) yield condition.attribute
}

/** The texts read last: an application sends the same few again and again. */
const cache = new Map<string, Node>()
const cacheSizeMax = 256

function parsed(text: string): Node {
  const node = cache.get(text) ?? parseExpression(text)
  // A map keeps the order of insertion: the first is the one that was not used for longest.
  cache.delete(text)
  cache.set(text, node)
  if (cache.size > cacheSizeMax) cache.delete(cache.keys().next().value!)
  return node
}
