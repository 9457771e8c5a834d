const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n]

/** True where an id is a 64-bit integer as usually written: "7", but neither "007" nor "7.0". */
export function isInt64(id: string): boolean {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(id)) return false
  if (id.length < 19) return true
  const value = BigInt(id)
  return value >= least && value <= most
}
