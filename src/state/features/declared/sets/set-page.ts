import type { DeclaredColumn, DeclaredSet } from '../declaration.ts'
import { fieldNames } from '../field-names.ts'

/** What a declared set says, as a page for people: the same words, and none besides. */
export function setPage(set: DeclaredSet): string {
  const { name, version, description, columns, crosses = [], labels, fusions = {} } = set
  const values = columns.flatMap((column) => fieldNames(set, column)).length
  const vocabularies = Object.entries(set.vocabularies ?? {})
  return [
    `## ${name}, version ${version}`,
    '',
    `${description}. ${values} values from ${columns.length} columns.`,
    '',
    '| column | from | becomes | what it means |',
    '| --- | --- | --- | --- |',
    ...columns.map((column) => row(columnName(column), from(column), form(column), column)),
    ...crosses.map((cross) =>
      row(cross.name, cross.of.join(' × '), `one of ${cross.buckets} buckets`, cross),
    ),
    '',
    ...vocabularies.map(([word, declared]) =>
      'words' in declared
        ? `- vocabulary \`${word}\`: ${listed(declared.words)}`
        : `- vocabulary \`${word}\`: the ${declared.countMax} commonest of training` +
          (declared.seenMin === undefined ? '' : `, seen ${declared.seenMin} times at least`),
    ),
    ...Object.entries(fusions).map(
      ([fusion, weights]) => `- fusion \`${fusion}\`: \`${JSON.stringify(weights)}\``,
    ),
    ...labels.map((label) => `- label \`${label.name}\`: ${label.description}`),
    '',
  ].join('\n')
}

function columnName(column: DeclaredColumn): string {
  const { source, name } = column
  return 'count' in source && source.count > 1 ? `${name} (${source.count})` : name
}

function row(name: string, source: string, becomes: string, { description }: Described): string {
  return `| \`${name}\` | ${source} | ${becomes} | ${description} |`
}

interface Described {
  readonly description: string
}

function from({ source: { from: name, ...asked } }: DeclaredColumn): string {
  const { count: _, ...said } = asked as Record<string, unknown>
  const words = Object.entries(said).map(([key, value]) => `${key} ${String(value)}`)
  return [`\`${name}\``, ...words].join(', ')
}

function form({ as }: DeclaredColumn): string {
  switch (as.form) {
    case 'number':
      return numberWords(as)
    case 'buckets':
      return 'quantiles' in as.bounds
        ? `one of ${as.bounds.quantiles} quantiles`
        : `a category between ${as.bounds.join(', ')}`
    case 'one-hot':
      return `0 or 1 for each of \`${as.vocabulary}\``
    default: {
      const how = 'hash' in as ? `${as.hash} buckets` : `\`${as.vocabulary}\``
      return as.form === 'sequence' ? `a sequence over ${how}` : `a category of ${how}`
    }
  }
}

function numberWords({ form: _, ...steps }: Extract<DeclaredColumn['as'], { form: 'number' }>) {
  const said = Object.entries(steps).map(([step, value]) =>
    value === true ? step : `${step} ${String(value)}`,
  )
  return ['a number', ...said].join(', ')
}

function listed(words: readonly string[]): string {
  const most = 30
  const rest = words.length > most ? ` and ${words.length - most} more` : ''
  return words.slice(0, most).join(', ') + rest
}
