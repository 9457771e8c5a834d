/** What people call an item: its text `title` or `name`, else its id. */
export function faceOf(
  view: { readonly attributes: Readonly<Record<string, unknown>> } | undefined,
  id: string,
): string {
  for (const name of ['title', 'name']) {
    const text = view?.attributes[name]
    if (typeof text === 'string' && text !== '') return text
  }
  return id
}
