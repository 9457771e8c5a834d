/** A number as SVG needs it: a tenth is finer than any screen shows. */
export const tenth = (value: number): number => Math.round(value * 10) / 10

/** The point at an angle (radians, clockwise from the right) and a distance. */
export function polar(x: number, y: number, distance: number, angle: number): [number, number] {
  return [tenth(x + distance * Math.cos(angle)), tenth(y + distance * Math.sin(angle))]
}

export function polygon(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y]) => `${tenth(x)},${tenth(y)}`).join(' ')
}

/** 0, 1, … count - 1. */
export const each = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n)
