import { basename } from 'node:path'
import { unitOf } from '../layout/time-column.ts'
import type { Part } from '../plan.ts'
import type { CheckFactory, Finding } from './check.ts'
import { counted, tally } from './tally.ts'

/** Times in another unit, before 1990, ahead of us, unreadable, missing or out of order. */
export const times: CheckFactory = (plan, now) => {
  const refused = { early: tally(), ahead: tally(), mixed: tally(), unreadable: tally() }
  const events = plan.parts.filter(({ kind }) => kind === 'events')
  return {
    see(seen) {
      const { part, row, refusal } = seen
      const place = part.layout.places.get('at')
      if (refusal?.field !== 'at' || place === undefined) return
      const cell = row.cells[place]
      const unit = unitOf(cell)
      if (unit !== undefined && unit !== part.survey.times?.unit) refused.mixed.add(seen)
      else if (unit !== undefined && refusal.message.includes('future')) refused.ahead.add(seen)
      else if (refusal.message.includes('1990')) refused.early.add(seen)
      else refused.unreadable.add(seen)
    },
    findings() {
      const isoNow = new Date(now).toISOString()
      return [
        ...events.flatMap((part) => fileFindings(part, plan.movieLens !== undefined)),
        ...refused.mixed.findings(({ count }) => ({
          severity: 'error',
          code: 'mixed-time-units',
          message:
            `${counted(count, 'row')} with a time in another unit than most of the column ` +
            '(seconds for milliseconds?); they will be set aside',
        })),
        ...refused.early.findings(({ count }) => ({
          severity: 'error',
          code: 'times-before-1990',
          message:
            `${counted(count, 'row')} from before 1990: a time of 0 or a small number is ` +
            'read as 1970; they will be set aside',
        })),
        ...refused.ahead.findings(({ count }) => ({
          severity: 'error',
          code: 'times-in-future',
          message: `${counted(count, 'row')} later than now (${isoNow}); they will be set aside`,
        })),
        ...refused.unreadable.findings(({ count }) => ({
          severity: 'error',
          code: 'times-unreadable',
          message:
            `${counted(count, 'row')} with a time that is missing or no ISO 8601 time; they ` +
            'will be set aside',
        })),
      ]
    },
  }
}

function fileFindings({ table, layout, survey }: Part, isMovieLens: boolean): Finding[] {
  const findings: Finding[] = []
  const add = (severity: Finding['severity'], code: string, message: string): void => {
    const { rowCount: count } = survey
    findings.push({ severity, code, message, file: basename(table.path), lines: [], count })
  }
  const place = layout.places.get('at')
  if (place === undefined) {
    const message =
      'no column says when things happened: what is new, what is rising and what came after ' +
      'what cannot be learned'
    add('warning', 'no-times', message)
    return findings
  }
  const name = table.columns[place]
  const { unit, isInOrder } = survey.times ?? {}
  if (unit === 'seconds') {
    const message =
      `"${name}" counts seconds, and the API takes milliseconds; the import multiplies by 1000, ` +
      'a client that sends such events must do so too'
    add(isMovieLens ? 'note' : 'warning', 'seconds-for-milliseconds', message)
  } else if (unit === 'microseconds' || unit === 'nanoseconds') {
    add('note', 'other-time-unit', `"${name}" counts ${unit}; the import makes them milliseconds`)
  }
  if (isInOrder === false) {
    add('note', 'out-of-order', 'rows are not in the order of their times; the import sorts them')
  }
  return findings
}
