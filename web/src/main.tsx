import { render } from 'preact'
import { Site } from './screens/site.tsx'
import { AppContext, begin, createApp } from './state/app.ts'

const app = createApp()
begin(app)
const root = document.getElementById('page')
if (root === null) throw new Error('index.html has no element "page"')
render(
  <AppContext.Provider value={app}>
    <Site />
  </AppContext.Provider>,
  root,
)
