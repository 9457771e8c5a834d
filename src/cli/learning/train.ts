import type { Command } from '../command.ts'
import { openEngine } from '../open.ts'
import { folderOption, folderUsage } from '../options/folder.ts'

/** `starling train`: learn the models anew. */
export const train: Command = {
  name: 'train',
  usage: `starling train [options]

Learns factors and the ranker from the log. A running server learns by itself; this is for before.

${folderUsage}`,
  options: folderOption,

  async run({ values, terminal, signal }) {
    await using engine = await openEngine({ values, terminal }, { retrain: false })
    const { promoted, version, reason, metrics, durationMs } = await engine.train('ranker', signal)
    terminal.print(`${promoted ? `ranker ${version} serves` : 'no new ranker serves'}: ${reason}`)
    for (const [name, value] of Object.entries(metrics))
      terminal.print(`  ${name}: ${Number(value.toFixed(4))}`)
    terminal.tell(`learned in ${(durationMs / 1_000).toFixed(1)} s`)
    return 0
  },
}
