import { describe } from 'node:test'
import { feedSteps } from './feed-steps.ts'
import { looksSteps } from './looks-steps.ts'
import { troubleSteps } from './trouble-steps.ts'
import { onVisit } from './visit.ts'
import { whySteps } from './why-steps.ts'

// One visit from beginning to end: a step begins where the one before it ended.
describe('the page', () => {
  const visit = onVisit()
  feedSteps(visit)
  whySteps(visit)
  looksSteps(visit)
  troubleSteps(visit)
})
