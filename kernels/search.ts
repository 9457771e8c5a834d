// Kernels that find the rows of a matrix that are nearest to a query.

export { collect, keepBest, sortBest } from './best'
export { assign } from './centres'
export { encodeRows, scanLists } from './lists'
export { productsAt, productsOf, productsOfAll } from './products'
