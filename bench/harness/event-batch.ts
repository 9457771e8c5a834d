/** Events of one request. */
export const eventsPerBatch = 100

export interface Crowd {
  readonly userCount: number
  readonly itemCount: number
}

/**
 * The body of a request with the events from `first` on, all of them different in id, and spread
 * over users and items: put together as text, so that whoever sends them is no brake.
 */
export function eventBatch(first: number, { userCount, itemCount }: Crowd): string {
  const events: string[] = []
  for (let number = first; number < first + eventsPerBatch; number++) {
    const [user, item] = [(number * 7_919) % userCount, (number * 104_729) % itemCount]
    events.push(
      `{"id":"load-${process.pid}-${number}","type":"click","user":"user-${user}","item":"item-${item}"}`,
    )
  }
  return `{"events":[${events.join(',')}]}`
}
