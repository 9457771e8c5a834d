/**
 * Rows copied to double precision at a time: a block of 64 columns fills 64 KB and stays in cache.
 */
const blockRows = 128

/** XᵀX of a rowCount × width matrix, row by row, as a full width × width matrix. */
export function gramOf(rows: Float32Array, width: number): Float64Array {
  const gram = new Float64Array(width * width)
  addGramOf(gram, rows, width)
  mirrorLower(gram, width)
  return gram
}

/**
 * Adds XᵀX to the lower triangle of `gram`, for those who come with one part of X after another.
 */
export function addGramOf(gram: Float64Array, rows: Float32Array, width: number): void {
  const block = new Float64Array(Math.min(blockRows * width, rows.length))
  for (let start = 0; start < rows.length; start += block.length) {
    const end = Math.min(rows.length, start + block.length)
    for (let index = start; index < end; index++) block[index - start] = rows[index]!
    addGram(gram, block, (end - start) / width, width)
  }
}

/** Adds BᵀB of the first `rowCount` rows of a block to the lower triangle of `gram`. */
export function addGram(
  gram: Float64Array,
  block: Float64Array,
  rowCount: number,
  width: number,
): void {
  const whole = rowCount & ~3
  for (let row = 0; row < whole; row += 4) addFourRows(gram, block, row * width, width)
  for (let row = whole; row < rowCount; row++) addRow(gram, block, row * width, width)
}

/** Four rows for each visit to an entry of `gram`: the entry is loaded and stored once. */
function addFourRows(gram: Float64Array, block: Float64Array, start: number, width: number): void {
  const start1 = start + width
  const start2 = start1 + width
  const start3 = start2 + width
  for (let i = 0; i < width; i++) {
    const a = block[start + i]!
    const b = block[start1 + i]!
    const c = block[start2 + i]!
    const d = block[start3 + i]!
    const entry = i * width
    for (let j = 0; j <= i; j++) {
      const near = a * block[start + j]! + b * block[start1 + j]!
      const far = c * block[start2 + j]! + d * block[start3 + j]!
      gram[entry + j] = gram[entry + j]! + (near + far)
    }
  }
}

function addRow(gram: Float64Array, block: Float64Array, start: number, width: number): void {
  for (let i = 0; i < width; i++) {
    const a = block[start + i]!
    const entry = i * width
    for (let j = 0; j <= i; j++) gram[entry + j] = gram[entry + j]! + a * block[start + j]!
  }
}

/** Copies the lower triangle of a size × size matrix over its upper one. */
export function mirrorLower(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) {
      matrix[column * size + row] = matrix[row * size + column]!
    }
  }
}

/** Copies the upper triangle of a size × size matrix over its lower one. */
export function mirrorUpper(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) {
      matrix[row * size + column] = matrix[column * size + row]!
    }
  }
}
