// Lets Node run TypeScript as it stands: `node --import ./bin/loader.mjs file.ts`.
import { register } from 'node:module'
import { register as registerTsx } from 'tsx/esm/api'

registerTsx()
register('./hooks.mjs', import.meta.url)
