/**
 * What an engine holds open, closed in the reverse order of opening, each even if another fails.
 */
export interface Held extends AsyncDisposable {
  add<Resource extends AsyncDisposable>(resource: Resource): Resource
}

export function held(): Held {
  const resources: AsyncDisposable[] = []
  return {
    add(resource) {
      resources.push(resource)
      return resource
    },
    async [Symbol.asyncDispose]() {
      const failures: unknown[] = []
      for (const resource of resources.splice(0).reverse()) {
        try {
          await resource[Symbol.asyncDispose]()
        } catch (error) {
          failures.push(error)
        }
      }
      if (failures.length > 0) throw failures[0]
    },
  }
}
