import { describe } from 'node:test'
import { screenSteps } from './looks-steps.ts'
import { newsSteps } from './news-steps.ts'
import { onVisit } from './visit.ts'

describe('the news', () => {
  const visit = onVisit(['--demo', 'news', '--crowd', '0'])
  newsSteps(visit)
  screenSteps(visit, [
    ['news', '/news'],
    ['news-channel', '/news/Linux'],
    ['story', '/news/item/news-7'],
  ])
})
