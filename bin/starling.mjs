#!/usr/bin/env node
// The command line. TypeScript is run as it stands, so a checkout needs no build step.
import { register } from 'tsx/esm/api'

register()
await import('../src/cli/main.ts')
