import { render } from 'preact'
import { Shell } from './parts/shell.tsx'
import { ConsoleContext, createConsole } from './state/console.ts'

const root = document.getElementById('page')
if (root === null) throw new Error('index.html has no element "page"')
render(
  <ConsoleContext.Provider value={createConsole()}>
    <Shell />
  </ConsoleContext.Provider>,
  root,
)
