// Hooks before those of tsx, which resolve what needs no looking for and keep functions cheap.

/** Named as it lies on the disk, as all of ours is: there is nothing to try out. */
export function resolve(specifier, context, nextResolve) {
  const { parentURL } = context
  if (!/^\.{1,2}\/.*\.ts$/.test(specifier) || !parentURL?.startsWith('file:')) {
    return nextResolve(specifier, context)
  }
  return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true }
}

// esbuild, which tsx translates by, writes the name of every function onto it as it is made, lest
// renaming lose it. For a function made inside another, again and again, that costs some twenty
// times as much as making it: so only what is made while the module is read gets its name.
const namer =
  'var __defProp=Object.defineProperty;' +
  'var __name=(target,value)=>__defProp(target,"name",{value,configurable:true});'

const earlyNamer =
  'var __on=1,__defProp=Object.defineProperty,' +
  '__name=(f,value)=>__on?__defProp(f,"name",{value,configurable:!0}):f;'

export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context)
  if (!url.startsWith('file:') || loaded.format !== 'module' || !loaded.source) return loaded
  const source = String(loaded.source)
  if (!source.startsWith(namer)) return loaded
  // As long as what it stands for, so that source maps hold.
  const named = earlyNamer.padEnd(namer.length) + source.slice(namer.length)
  return { ...loaded, source: `${named}\n__on=0` }
}
