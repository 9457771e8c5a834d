import { chanceOf } from '../../covers/chance.ts'
import { each, tenth } from '../../covers/geometry.ts'
import { WideArt } from '../../covers/wide-art.tsx'
import type { Face } from '../../items/face.ts'

/**
 * What a video shows: a scene drawn from its record, in three layers that move at their own paces
 * for as long as it plays. The same video is the same scene, every time.
 */
export function ClipScene({ face, seconds }: { readonly face: Face; readonly seconds: number }) {
  const chance = chanceOf(`${face.id} scene`)
  const [dx, dy] = [chance.between(-6, 6), chance.between(-5, 5)]
  const hue = Math.round(chance.between(0, 360))
  const motion = {
    '--dx': `${tenth(dx)}%`,
    '--dy': `${tenth(dy)}%`,
    '--seconds': `${seconds}s`,
    '--hue': `${hue}`,
  }
  return (
    <div class="scene" style={motion} aria-hidden="true">
      <div class="scene-far">
        <WideArt face={face} />
      </div>
      <svg
        class="scene-near"
        viewBox="0 0 100 160"
        preserveAspectRatio="xMidYMid slice"
        aria-hidden="true"
        focusable="false"
      >
        {each(7).map((place) => (
          <circle
            key={place}
            class="scene-light"
            cx={tenth(chance.between(0, 100))}
            cy={tenth(chance.between(10, 150))}
            r={tenth(chance.between(2, 11))}
            style={{
              animationDuration: `${tenth(chance.between(5, 13))}s`,
              animationDelay: `-${tenth(chance.between(0, 9))}s`,
            }}
          />
        ))}
        <path
          class="scene-wave"
          d={`M-60 ${tenth(chance.between(110, 130))}q20 -14 40 0t40 0t40 0t40 0t40 0V170H-60z`}
        />
      </svg>
    </div>
  )
}
