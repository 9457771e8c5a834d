/** Mean radius of the Earth in metres (IUGG). */
const earthRadiusM = 6_371_008.8

const radians = Math.PI / 180

/** Metres between two points given in degrees, by the haversine formula; within 0.6 % on Earth. */
export function greatCircleM(
  latitudeA: number,
  longitudeA: number,
  latitudeB: number,
  longitudeB: number,
): number {
  const alongLatitude = Math.sin(((latitudeB - latitudeA) * radians) / 2)
  const alongLongitude = Math.sin(((longitudeB - longitudeA) * radians) / 2)
  const shrink = Math.cos(latitudeA * radians) * Math.cos(latitudeB * radians)
  const haversine = alongLatitude ** 2 + shrink * alongLongitude ** 2
  // Rounding may lift opposite points a hair above 1.
  return 2 * earthRadiusM * Math.asin(Math.sqrt(Math.min(1, haversine)))
}
