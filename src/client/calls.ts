import type { OperationName } from '../api/service.ts'

/**
 * Where a call goes. `once`: a GET that must not be asked again of its own accord, since each
 * answer takes a page away. `long`: it takes as long as it takes.
 */
export type Call = readonly [
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  path: string,
  mark?: 'once' | 'long',
]

/**
 * The calls of the service. They follow from its description, but that would come into a browser
 * with a library of schemas, 17 KB in all; the test beside holds the two together.
 */
export const calls: Readonly<Record<OperationName, Call>> = {
  feed: ['GET', '/v1/scenes/{scene}/feed', 'once'],
  similar: ['GET', '/v1/items/{id}/similar', 'once'],
  shelves: ['GET', '/v1/shelves', 'once'],
  track: ['POST', '/v1/events'],
  putItem: ['PUT', '/v1/items/{id}'],
  getItem: ['GET', '/v1/items/{id}'],
  listItems: ['GET', '/v1/items'],
  search: ['GET', '/v1/search'],
  getItems: ['GET', '/v1/items:batch'],
  itemOverview: ['GET', '/v1/items/{id}/overview', 'once'],
  deleteItem: ['DELETE', '/v1/items/{id}'],
  putItems: ['POST', '/v1/items:batch'],
  putUser: ['PUT', '/v1/users/{id}'],
  getUser: ['GET', '/v1/users/{id}'],
  putUsers: ['POST', '/v1/users:batch'],
  mergeUsers: ['POST', '/v1/users/{id}:merge'],
  userHistory: ['GET', '/v1/users/{id}/history'],
  userPages: ['GET', '/v1/users/{id}/pages'],
  userOverview: ['GET', '/v1/users/{id}/overview', 'once'],
  userProfile: ['GET', '/v1/users/{id}/profile'],
  userQueue: ['GET', '/v1/users/{id}/queue'],
  exportUser: ['GET', '/v1/users/{id}/export', 'long'],
  eraseUser: ['DELETE', '/v1/users/{id}', 'long'],
  explain: ['GET', '/v1/requests/{requestId}/explain'],
  whyNot: ['POST', '/v1/scenes/{scene}:explain'],
  listParameters: ['GET', '/v1/parameters'],
  setParameter: ['PUT', '/v1/parameters/{name}'],
  checkParameter: ['POST', '/v1/parameters/{name}:check'],
  parameterHistory: ['GET', '/v1/parameters/{name}/history'],
  rollbackParameter: ['POST', '/v1/parameters/{name}:rollback'],
  listSets: ['GET', '/v1/sets'],
  getSet: ['GET', '/v1/sets/{name}'],
  itemStanding: ['GET', '/v1/items/{id}/standing'],
  listGrants: ['GET', '/v1/grants'],
  listStreams: ['GET', '/v1/streams'],
  describeLake: ['GET', '/v1/lake'],
  queryLake: ['POST', '/v1/lake:query', 'long'],
  describeMetrics: ['GET', '/v1/metrics'],
  queryMetrics: ['POST', '/v1/metrics:query'],
  sourceReport: ['GET', '/v1/reports/sources'],
  listModels: ['GET', '/v1/models'],
  trainModel: ['POST', '/v1/models/{name}:train', 'long'],
  modelHistory: ['GET', '/v1/models/{name}/history'],
  promoteModel: ['POST', '/v1/models/{name}/versions/{version}:promote'],
  rejectModel: ['POST', '/v1/models/{name}/versions/{version}:reject'],
  tryModel: ['POST', '/v1/models/{name}/versions/{version}:try'],
  rollbackModel: ['POST', '/v1/models/{name}:rollback'],
  listTrainable: ['GET', '/v1/training/kinds'],
  listJobs: ['GET', '/v1/jobs'],
  startJob: ['POST', '/v1/jobs'],
  getJob: ['GET', '/v1/jobs/{id}'],
  cancelJob: ['POST', '/v1/jobs/{id}:cancel'],
  jobLog: ['GET', '/v1/jobs/{id}/log'],
  listScenes: ['GET', '/v1/scenes'],
  status: ['GET', '/v1/status'],
}

/** May it be asked again where the answer was lost? */
export function isRepeatable([method, , mark]: Call): boolean {
  return method !== 'POST' && mark !== 'once'
}
