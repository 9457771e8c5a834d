import { describe } from 'node:test'
import { consoleControlSteps } from './console-control-steps.ts'
import { consoleLiveSteps } from './console-live-steps.ts'
import { consoleLooksSteps } from './console-looks-steps.ts'
import { onConsoleVisit } from './console-visit.ts'

// One visit from beginning to end: a step begins where the one before it ended.
describe('the console', () => {
  const visit = onConsoleVisit()
  consoleLiveSteps(visit)
  consoleControlSteps(visit)
  consoleLooksSteps(visit)
})
