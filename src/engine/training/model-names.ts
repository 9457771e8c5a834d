/** The models that every feed stands on, under the names of the registry. */
export const factorsName = 'factors'
export const rankerName = 'ranker'
