import { describe } from 'node:test'
import { screenSteps } from './looks-steps.ts'
import { videoSteps } from './video-steps.ts'
import { onVisit } from './visit.ts'

describe('the videos', () => {
  const visit = onVisit(['--demo', 'video', '--crowd', '0'])
  videoSteps(visit)
  screenSteps(visit, [['video', '/video']])
})
