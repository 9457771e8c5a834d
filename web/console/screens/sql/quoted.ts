/** Words that cannot be said plainly where a column is meant: `duckdb_keywords()`, and `user`. */
const keywords: ReadonlySet<string> = new Set(
  [
    'all analyse analyze and anti any array as asc asof asymmetric at authorization',
    'between binary both by case cast check collate collation column columns constraint',
    'create cross default desc describe distinct do else end except exists false fetch',
    'for foreign freeze from full generated glob group grouping having ilike in initially',
    'inner intersect interval into is isnull join lambda lateral leading left like limit',
    'map natural not notnull null offset on only or order outer overlaps pivot placing',
    'position positional primary qualify references returning right row select semi show',
    'similar some struct summarize symmetric table then to trailing true union unique',
    'unpack unpivot user using values variadic verbose when where window with',
  ]
    .join(' ')
    .split(' '),
)

/** A name as SQL takes it, in quotes where it needs them. */
export function quoted(name: string): string {
  const isPlain = /^[a-z_][a-z0-9_]*$/.test(name) && !keywords.has(name)
  return isPlain ? name : `"${name.replaceAll('"', '""')}"`
}
