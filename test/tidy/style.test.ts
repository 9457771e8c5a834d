import assert from 'node:assert/strict'
import { dirname } from 'node:path'
import { describe, it } from 'node:test'
import { filesUnder, type SourceFile, ships } from './tree.ts'

const sources = filesUnder('src', /\.ts$/).filter(ships)
const all = ['src', 'test', 'bench', 'examples', 'web', 'scripts'].flatMap((folder) =>
  filesUnder(folder, /\.(ts|tsx|mjs)$/),
)

const lineLengthMax = 100
const functionLinesMax = 70
const fileLinesMax = 400
const folderFilesMax = 15

/** Words that say nothing, and what to say instead. */
const bannedNames = /(^|\/)(types|utils?|helpers?|common|misc|lib|core)(\.tsx?|\/)/

const bannedCode: readonly (readonly [RegExp, string])[] = [
  [/(:|<|\bas) any\b/, 'any: say what it is'],
  [/\b(TODO|FIXME|XXX)\b/, 'unfinished: finish it, or open an issue'],
  [/\b(it|test|describe)\.(only|skip|todo)\b/, 'a test that does not run'],
  [/\bDate\.now\(\)/, 'time comes from the clock that was given'],
  [/\bMath\.random\(\)/, 'chance comes from the seed that was given'],
  [/\bconsole\.(log|warn|error)\b/, 'a library does not print'],
]

/** Where time, chance and printing are at home. */
const exempt = /^(src\/events\/clock\.ts|src\/client\/|test\/|bench\/|examples\/|web\/|scripts\/)/

function faults(
  files: readonly SourceFile[],
  of: (file: SourceFile) => readonly string[],
): readonly string[] {
  return files.flatMap((file) => of(file).map((fault) => `${file.path}${fault}`))
}

describe('style', () => {
  it('keeps files short', () => {
    const sizes = sources.map(({ lines }) => lines.length).sort((a, b) => a - b)
    const quantile = (share: number): number =>
      sizes[Math.min(sizes.length - 1, Math.floor(sizes.length * share))]!
    assert.ok(quantile(0.5) < 100, `median ${quantile(0.5)}`)
    assert.ok(quantile(0.95) < 300, `p95 ${quantile(0.95)}`)
    assert.deepEqual(
      faults(all, ({ lines }) => (lines.length > fileLinesMax ? [`: ${lines.length} lines`] : [])),
      [],
    )
  })

  // The name of a test is one sentence, and a formatter breaks none.
  const isTestName = /^\s*(it|test)\(/

  it('keeps lines short', () => {
    const found = faults(all, ({ lines }) =>
      lines.flatMap((line, index) =>
        [...line].length > lineLengthMax && !isTestName.test(line)
          ? [`:${index + 1}: ${[...line].length}`]
          : [],
      ),
    )
    assert.deepEqual(found, [])
  })

  it('keeps functions short', () => {
    assert.deepEqual(faults(sources, longFunctions), [])
  })

  it('keeps folders small', () => {
    const counts = new Map<string, number>()
    for (const { path } of sources) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1)
    const crowded = [...counts].filter(([, count]) => count > folderFilesMax)
    assert.deepEqual(crowded, crowdedOnPurpose(crowded))
  })

  it('names files after what is in them', () => {
    const found = all.flatMap(({ path }) =>
      bannedNames.test(path) || /[A-Z_]/.test(path) ? [path] : [],
    )
    assert.deepEqual(found, [])
  })

  it('uses none of the banned words', () => {
    const found = faults(all, ({ path, lines }) =>
      lines.flatMap((line, index) =>
        bannedCode.flatMap(([pattern, why], rule) =>
          pattern.test(line) && !(rule >= 3 && exempt.test(path)) && !path.startsWith('test/tidy/')
            ? [`:${index + 1}: ${why}`]
            : [],
        ),
      ),
    )
    assert.deepEqual(found, [])
  })
})

/** The projections are one list by nature; splitting it would hide what the state is made of. */
function crowdedOnPurpose(crowded: readonly (readonly [string, number])[]) {
  return crowded.filter(([folder, count]) => folder === 'src/state/projections' && count <= 24)
}

/**
 * Functions by indentation: from the line that opens one to the line that closes it as deep. Lines
 * of
 * functions inside count for those alone: a factory is as long as what it does itself.
 */
function longFunctions({ lines }: SourceFile): readonly string[] {
  const spans = lines.flatMap((line, first) => {
    const indent = opens.exec(line)?.[1]
    if (indent === undefined || isStatement.test(line)) return []
    const last = lines.findIndex((later, index) => index > first && later.startsWith(`${indent}}`))
    return last < 0 ? [] : [{ first, last, length: last - first + 1 }]
  })
  const within = (first: number, last: number) =>
    spans.filter((span) => span.first > first && span.last <= last)
  return spans.flatMap(({ first, last, length }) => {
    const inner = within(first, last)
    const outermost = inner.filter(
      (span) => !inner.some((other) => other.first < span.first && other.last >= span.last),
    )
    const own = length - outermost.reduce((sum, span) => sum + span.length, 0)
    return own > functionLinesMax ? [`:${first + 1}: ${own} lines`] : []
  })
}

const opens = /^(\s*)(?:export )?(?:async )?(?:function\b.*|[\w#]+\(.*\)(?:: .*)?|.*=> )\{$/
const isStatement = /^\s*(?:if|for|while|switch|return|else|catch)\b/
