import type { AnswerOf } from '../../api/operation.ts'
import type { Service } from '../../api/service.ts'
import { invalid } from '../../error.ts'
import type { Command } from '../command.ts'
import { countOption } from '../options/number-option.ts'
import { serverOf, serverOption, serverUsage } from '../options/server-option.ts'
import { textTable } from './text-table.ts'
import { valueText } from './value-text.ts'

type Report = AnswerOf<Service['sourceReport']>

/** `starling report sources`: the weekly look at what each source is worth. */
export const reportCommand: Command = {
  name: 'report',
  usage: `starling report sources [options]

For each week (from Monday, UTC) and source: items that it brought to pages, how many of those were
acted on in favour, its share of all that were, and the weakest, which is the one to change.

  --weeks N          how many, this one among them (4)
  --scene S          only pages of this scene
  --json             the answer for machines
${serverUsage}`,
  options: {
    ...serverOption,
    ...{ weeks: { type: 'string' }, scene: { type: 'string' }, json: { type: 'boolean' } },
  },
  takesWords: true,

  async run(call) {
    const { values, positionals, terminal } = call
    if (positionals.length !== 1 || positionals[0] !== 'sources') {
      throw invalid('report', 'is followed by what to report: sources')
    }
    const query = new URLSearchParams({
      weeks: String(countOption(values, 'weeks', 4, [1, 52])),
      ...(typeof values['scene'] === 'string' && { scene: values['scene'] }),
    })
    const report = await serverOf(call)<Report>('GET', `/v1/reports/sources?${query}`)
    terminal.print(values['json'] === true ? JSON.stringify(report, undefined, 2) : text(report))
    return 0
  },
}

function text({ weeks }: Report): string {
  const head = ['source', 'shown', 'successes', 'share of success', 'rate']
  const parts = weeks.map(({ from, sources, weakest }) => {
    const rows = sources.map((row) => [
      row.source,
      valueText(row.impressions, 'count'),
      valueText(row.successes, 'count'),
      valueText(row.shareOfSuccess, 'share'),
      valueText(row.rate, 'share'),
    ])
    return [
      `Week of ${from.slice(0, 10)}`,
      rows.length === 0 ? 'nothing was shown' : textTable(head, rows, 1),
      ...(weakest === undefined ? [] : [`The weakest: ${weakest}`]),
    ].join('\n')
  })
  return parts.join('\n\n')
}
