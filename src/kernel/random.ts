/**
 * A stream of random numbers that starts from a seed, so that what was random can be played again.
 */
export interface Random {
  /** A number in [0, 1). */
  next(): number

  /** A whole number in [0, bound). */
  below(bound: number): number

  /** An independent stream; drawing from one never changes the other. */
  fork(name: string): Random
}

/** sfc32 (Doty-Humphrey, PractRand): 128 bits of state, passes BigCrush, 32-bit integers only. */
export function seededRandom(seed: number | string): Random {
  const [a0, b0, c0] = spread(String(seed))
  let [a, b, c, counter] = [a0, b0, c0, 1]
  const draw = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (let round = 0; round < 12; round++) draw()
  return {
    next: () => draw() / 4_294_967_296,
    below: (bound) => Math.floor((draw() / 4_294_967_296) * bound),
    fork: (name) => seededRandom(`${seed}/${name}`),
  }
}

/** Three 32-bit words of a text, by cyrb-style mixing: near seeds must not give near streams. */
function spread(text: string): [number, number, number] {
  let [x, y, z] = [0x9e3779b9, 0x243f6a88, 0xb7e15162]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    x = Math.imul(x ^ code, 2_654_435_761)
    y = Math.imul(y ^ code, 1_597_334_677)
    z = Math.imul(z ^ code, 2_246_822_507)
  }
  return [x ^ (y >>> 16), y ^ (z >>> 15), z ^ (x >>> 13)]
}
