import { describe } from 'node:test'
import { catalogueSteps } from './catalogue-steps.ts'
import { feedSteps } from './feed-steps.ts'
import { filmSteps } from './film-steps.ts'
import { homeSteps } from './home-steps.ts'
import { looksSteps } from './looks-steps.ts'
import { troubleSteps } from './trouble-steps.ts'
import { userSteps } from './user-steps.ts'
import { onVisit } from './visit.ts'
import { welcomeSteps } from './welcome-steps.ts'
import { whySteps } from './why-steps.ts'

// One visit from beginning to end: a step begins where the one before it ended.
describe('the site', () => {
  const visit = onVisit()
  homeSteps(visit)
  feedSteps(visit)
  filmSteps(visit)
  userSteps(visit)
  whySteps(visit)
  catalogueSteps(visit)
  whySteps(visit)
  welcomeSteps(visit)
  looksSteps(visit)
  troubleSteps(visit)
})
