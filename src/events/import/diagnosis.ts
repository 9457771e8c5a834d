import type { Finding, Severity } from './checks/check.ts'
import { counted } from './checks/tally.ts'
import type { Kind } from './layout/mapping.ts'

/** What the doctor found in a set of files. */
export interface Diagnosis {
  /** Errors first, then warnings, then notes. */
  readonly findings: readonly Finding[]
  readonly facts: Facts
}

/** What the files hold, as far as they could be read. */
export interface Facts {
  readonly files: readonly FileFacts[]
  readonly itemCount: number
  readonly userCount: number
  /** Events by action. */
  readonly actions: Readonly<Record<string, number>>
  /** When the first and the last event happened, in ISO 8601; absent where there is none. */
  readonly firstEvent?: string
  readonly lastEvent?: string
}

export interface FileFacts {
  readonly path: string
  readonly kind: Kind
  readonly rowCount: number
  readonly conclusions: readonly string[]
}

const severities: readonly Severity[] = ['error', 'warning', 'note']

export function bySeverity(a: Finding, b: Finding): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity)
}

/** The diagnosis for a terminal: what was read, what is wrong, and a last line that sums it up. */
export function formatDiagnosis({ findings, facts }: Diagnosis): string {
  const lines = facts.files.flatMap(({ path, rowCount, conclusions }) => [
    `${path}: ${counted(rowCount, 'row')}`,
    ...conclusions.map((conclusion) => `  ${conclusion}`),
  ])
  const actionCounts = Object.entries(facts.actions)
  lines.push('', `${counted(facts.itemCount, 'item')}, ${counted(facts.userCount, 'user record')}`)
  if (actionCounts.length > 0) {
    const events = actionCounts.map(([action, count]) => `${count.toLocaleString('en')} ${action}`)
    const span = `${facts.firstEvent?.slice(0, 10)} to ${facts.lastEvent?.slice(0, 10)}`
    lines.push(`events: ${events.join(', ')}; from ${span}`)
  }
  lines.push('')
  for (const finding of findings) lines.push(formatFinding(finding), '')
  lines.push(verdict(findings))
  return lines.join('\n')
}

function formatFinding({ severity, code, message, file, lines, count }: Finding): string {
  const more = count > lines.length && lines.length > 0 ? ' …' : ''
  const noun = lines.length === 1 && more === '' ? 'line' : 'lines'
  const place = lines.length === 0 ? file : `${file}, ${noun} ${lines.join(', ')}${more}`
  return `${severity} ${code} (${place})\n  ${message}`
}

function verdict(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'Nothing is wrong: this can be imported as it is.'
  const counts = severities.map((severity) => {
    return counted(findings.filter((finding) => finding.severity === severity).length, severity)
  })
  const hasErrors = findings.some(({ severity }) => severity === 'error')
  const advice = hasErrors ? 'rows would be lost or nothing learned' : 'this can be imported'
  return `${counts.join(', ')}: ${advice}.`
}
