const name = 'starling.key'

/** The key that this tab asks with, where the server wants one. It goes with the tab. */
export function accessKey(): string | undefined {
  return sessionStorage.getItem(name) ?? undefined
}

/** Takes another key, and begins anew with it. */
export function takeAccessKey(key: string): void {
  sessionStorage.setItem(name, key)
  location.reload()
}
