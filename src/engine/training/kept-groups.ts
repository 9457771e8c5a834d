import type { Artifact } from '../../models/model.ts'
import { joinWeights, readArtifact } from '../../models/weights.ts'
import type { SampleGroup } from './samples.ts'

const kind = 'sample-groups'

/**
 * Samples as a checkpoint keeps them: `width` features per row. Who they are of is a number there,
 * and no name: whoever is erased is not found in what a job left behind.
 */
export function groupsForm(width: number) {
  return {
    save(groups: readonly SampleGroup[]): Artifact {
      const users = new Map<string, number>()
      for (const { user } of groups) if (!users.has(user)) users.set(user, users.size)
      const header = { kind, groupCount: groups.length, rowCount: rowCountOf(groups), width }
      const weights = joinWeights([
        Float64Array.from(groups, ({ at }) => at),
        Float64Array.from(groups, ({ offset }) => offset),
        Uint32Array.from(groups, ({ user }) => users.get(user)!),
        Uint32Array.from(groups, ({ labels }) => labels.length),
        ...groups.map(({ rows }) => rows),
        ...groups.map(({ labels }) => Float32Array.from(labels)),
        ...groups.map((group) => group.weights),
      ])
      return { header, weights }
    },

    load(step: Artifact): readonly SampleGroup[] {
      const reader = readArtifact(step, kind)
      const [groupCount, rowCount] = [reader.count('groupCount'), reader.count('rowCount')]
      const [ats, offsets] = [reader.float64(groupCount), reader.float64(groupCount)]
      const [users, counts] = [reader.uint32(groupCount), reader.uint32(groupCount)]
      const rows = reader.float32(rowCount * width)
      const [labels, weights] = [reader.float32(rowCount), reader.float32(rowCount)]
      reader.end()
      let from = 0
      return Array.from(counts, (count, index) => {
        const to = from + count
        const group = {
          ...{ at: ats[index]!, offset: offsets[index]!, user: String(users[index]) },
          rows: rows.slice(from * width, to * width),
          labels: Uint8Array.from(labels.subarray(from, to)),
          weights: weights.slice(from, to),
        }
        from = to
        return group
      })
    },
  }
}

function rowCountOf(groups: readonly SampleGroup[]): number {
  return groups.reduce((count, { labels }) => count + labels.length, 0)
}
