import type { Scene } from '../../feed/delivery/scene.ts'
import type { Algorithms } from './algorithms.ts'

/**
 * Scenes by name. Where operators put an algorithm in charge of one, its recipe is that of the
 * first such algorithm, as it is when it is asked for.
 */
export function scenesInForce(
  scenes: readonly Scene[],
  algorithms: Algorithms,
): ReadonlyMap<string, Scene> {
  return new Map(
    scenes.map((scene): readonly [string, Scene] => [
      scene.name,
      {
        ...scene,
        get recipe() {
          return algorithms.of(scene.name)[0]?.recipe ?? scene.recipe
        },
      },
    ]),
  )
}
