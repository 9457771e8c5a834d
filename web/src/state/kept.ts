/** What the browser keeps between visits. A browser that keeps nothing loses nothing else. */
export function kept(name: string): string | undefined {
  try {
    return localStorage.getItem(`starling.${name}`) ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps a text; takes it away where there is none. */
export function keep(name: string, text: string | undefined): void {
  try {
    if (text === undefined) localStorage.removeItem(`starling.${name}`)
    else localStorage.setItem(`starling.${name}`, text)
  } catch {
    // Private windows refuse: then it is forgotten with the window.
  }
}
