// Kernels that learn vectors, over memory that threads share.

export { addGram, solveRows } from './als'
export { bprSegments, pointSegments, warpSegments } from './descent'
export { skipGrams } from './skip-gram'
