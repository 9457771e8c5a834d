import type { Engine } from '../../engine/engine.ts'
import { invalid } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import type { ActionEvent } from '../../events/event.ts'

type LakeDoor = Pick<Engine, 'describeLake' | 'queryLake'>

/** The part of the engine double that stands for the lake: it can count actions, and no more. */
export function lakeDouble(clock: Clock, events: ReadonlyMap<string, ActionEvent>): LakeDoor {
  return {
    describeLake: async () => ({
      tables: [
        {
          name: 'actions',
          description: 'What users did.',
          columns: [{ name: 'id', type: 'VARCHAR', description: 'The id of the event.' }],
          rows: events.size,
          files: 0,
          bytes: 0,
        },
      ],
      through: clock.now(),
      bytes: 0,
    }),
    async queryLake({ sql, rowsMax = 1_000 }) {
      const columns = [{ name: 'id', type: 'VARCHAR' }]
      const rows = [...events.keys()].map((id) => [id])
      if (sql !== 'SELECT id FROM actions') throw invalid('sql', `cannot be answered: ${sql}`)
      return {
        ...{ columns, rows: rows.slice(0, rowsMax), truncated: rows.length > rowsMax },
        durationMs: 0,
      }
    },
  }
}
