/**
 * Puts a text on the clipboard, and resolves with whether it is there: a page over plain HTTP has
 * no clipboard, and a browser may refuse it.
 */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
