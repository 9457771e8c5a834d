#!/usr/bin/env node
// The command line. TypeScript is run as it stands, so a checkout needs no build step.
import './loader.mjs'

await import('../src/cli/main.ts')
