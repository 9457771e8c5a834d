import type { AnswerOf } from '../../../src/api/operation.ts'
import type { Service } from '../../../src/api/service.ts'

/** The answers of the server, by the names that the page calls them. */
export type Page = AnswerOf<Service['feed']>
export type PageItem = Page['items'][number]
export type ItemView = AnswerOf<Service['getItem']>
export type Shelves = AnswerOf<Service['shelves']>
export type Film = AnswerOf<Service['itemOverview']>
export type Person = AnswerOf<Service['userOverview']>
export type Listing = AnswerOf<Service['listItems']>
export type Listed = Listing['items'][number]
export type Facet = Listing['facets'][number]
export type Found = AnswerOf<Service['search']>
export type Explanation = AnswerOf<Service['explain']>
export type ItemExplanation = Explanation['items'][number]
export type StageView = Explanation['stages'][number]
export type RunView = Explanation['runs'][number]
export type Evidence = ItemExplanation['evidence'][number]
export type PageStamp = AnswerOf<Service['userPages']>['pages'][number]
export type Fate = Explanation['lost'][number]
export type PastAction = AnswerOf<Service['userHistory']>['actions'][number]
export type Status = AnswerOf<Service['status']>
export type Profile = AnswerOf<Service['userProfile']>
