import { invalid } from '../error.ts'
import { systemClock } from '../events/clock.ts'
import { formatDiagnosis } from '../events/import/diagnosis.ts'
import { examine } from '../events/import/doctor.ts'
import type { Command } from './command.ts'
import { mappingOf } from './import.ts'

/** `starling doctor FILE…`: what is wrong with files, before they are imported. */
export const doctor: Command = {
  name: 'doctor',
  usage: `starling doctor FILE|FOLDER … [options]

Reads, changes nothing, and says with line numbers what would keep a recommender from learning.
Exits with 1 where there is an error.

  --map a=b,c=d   which column is what: item=sku,at=ts
  --json          for machines`,
  options: { map: { type: 'string' }, json: { type: 'boolean' } },
  takesWords: true,

  async run({ values, positionals, terminal, signal }) {
    if (positionals.length === 0)
      throw invalid('FILE', 'is missing: name the files or a folder to examine')
    const mapping = mappingOf(values['map'])
    const diagnosis = await examine(positionals, {
      clock: systemClock,
      signal,
      ...(mapping && { mapping }),
    })
    terminal.print(
      values['json'] === true ? JSON.stringify(diagnosis, null, 2) : formatDiagnosis(diagnosis),
    )
    return diagnosis.findings.some(({ severity }) => severity === 'error') ? 1 : 0
  },
}
