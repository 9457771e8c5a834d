/** When people come, by hour of their day: shapes as traffic studies show them, of any sum. */

/** Films: most in the evening, little by night. */
export const eveningHours: readonly number[] = [
  ...[2.2, 1.2, 0.7, 0.4, 0.3, 0.3, 0.6, 1, 1.5, 1.9, 2.2, 2.5],
  ...[2.9, 3, 3, 3.1, 3.4, 4, 5, 6.2, 7.4, 7.6, 6, 4],
]

/** News: on the way to work, at lunch, and again in the evening. */
export const commutingHours: readonly number[] = [
  ...[1, 0.6, 0.4, 0.4, 0.8, 2, 4.6, 6.6, 6.4, 5.2, 4.4, 4.6],
  ...[5.6, 4.8, 4, 3.9, 4.2, 4.8, 5, 4.9, 4.8, 4.4, 3.2, 2],
]
