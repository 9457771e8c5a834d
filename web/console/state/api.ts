/** The answers of the server, by the names that the console calls them. */
import type { AnswerOf } from '../../../src/api/operation.ts'
import type { Service } from '../../../src/api/service.ts'

type Answer<Name extends keyof Service> = AnswerOf<Service[Name]>

export type Catalogue = Answer<'describeMetrics'>
export type Measure = Catalogue['measures'][number]
export type Unit = Measure['unit']
export type Numbers = Answer<'queryMetrics'>
export type NumbersRow = Numbers['rows'][number]
export type SourceReport = Answer<'sourceReport'>
export type Stream = Answer<'listStreams'>['streams'][number]
export type Grant = Answer<'listGrants'>['grants'][number]
export type CandidateSet = Answer<'listSets'>['sets'][number]
export type Lake = Answer<'describeLake'>
export type LakeTable = Lake['tables'][number]
export type LakeAnswer = Answer<'queryLake'>
export type Parameter = Answer<'listParameters'>['parameters'][number]
export type Change = Answer<'checkParameter'>['changes'][number]
export type ParameterVersion = Answer<'parameterHistory'>['versions'][number]
export type Profile = Answer<'userProfile'>
export type Interest = Profile['longTerm'][number]
export type Waiting = Answer<'userQueue'>
export type PastAction = Answer<'userHistory'>['actions'][number]
export type PageStamp = Answer<'userPages'>['pages'][number]
export type ItemOverview = Answer<'itemOverview'>
export type Standing = Answer<'itemStanding'>
export type Model = Answer<'listModels'>['models'][number]
export type Job = Answer<'listJobs'>['jobs'][number]
export type Release = Answer<'modelHistory'>
export type Status = Answer<'status'>
