#!/usr/bin/env node
// Finds platform packages that package-lock.json names and does not hold: `npm ci` refuses such a
// lock elsewhere.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const file = resolve(import.meta.dirname, '../package-lock.json')
const packages = JSON.parse(readFileSync(file, 'utf8')).packages
const missing = []
for (const [path, entry] of Object.entries(packages)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (!isHeld(path, name)) missing.push(`${name}, wanted by ${path || 'the project'}`)
  }
}
if (missing.length > 0) {
  console.error(`package-lock.json lacks:\n  ${missing.join('\n  ')}`)
  process.exit(1)
}
console.log('package-lock.json is complete')

// A package is looked for beside its user, then one level up, and so on, as Node does.
function isHeld(path, name) {
  for (
    let folder = path;
    ;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))
  ) {
    if (packages[`${folder && `${folder}/`}node_modules/${name}`]) return true
    if (folder === '') return false
  }
}
