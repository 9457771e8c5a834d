import { render } from 'preact'
import { PageFrame } from './parts/page-frame.tsx'
import { AppContext, begin, createApp } from './state/app.ts'

/** So long is waited for what the server tells of itself: nothing has to move for it then. */
const patienceMs = 400

const app = createApp()
begin(app)
await Promise.race([app.house.told, new Promise((resolve) => setTimeout(resolve, patienceMs))])
const root = document.getElementById('page')
if (root === null) throw new Error('index.html has no element "page"')
render(
  <AppContext.Provider value={app}>
    <PageFrame />
  </AppContext.Provider>,
  root,
)
