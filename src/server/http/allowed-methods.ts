import { operations } from '../../api/service.ts'

interface Address {
  readonly pattern: RegExp
  readonly methods: readonly string[]
}

const houseAddress: Address = {
  pattern: /^\/(healthz|healthz\/models|readyz|metrics|openapi\.json|docs)$/,
  methods: ['GET', 'HEAD'],
}

const addresses: readonly Address[] = [
  houseAddress,
  ...operations.map(([, { path, method, advances }]) => ({
    pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
    methods: method === 'GET' && !advances ? ['GET', 'HEAD'] : [method],
  })),
]

/** The methods that an address takes; none where there is no such address. */
export function allowedMethods(url: string): readonly string[] {
  const path = url.split('?', 1)[0] ?? ''
  const fitting = addresses.filter(({ pattern }) => pattern.test(path))
  return [...new Set(fitting.flatMap(({ methods }) => methods))]
}
