/** Events of one request. */
export const eventsPerBatch = 100

/** What a user does before another one is heard of. */
const deedsPerVisit = 5

export interface Crowd {
  readonly userCount: number
  readonly itemCount: number
}

/**
 * The body of a request with the events from `first` on: visits of five clicks, and half of all
 * clicks on the first eighth of the items. All ids differ. Put together as text, so that whoever
 * sends them is no brake.
 */
export function eventBatch(first: number, { userCount, itemCount }: Crowd): string {
  const events: string[] = []
  for (let number = first; number < first + eventsPerBatch; number++) {
    const user = (Math.floor(number / deedsPerVisit) * 7_919) % userCount
    const item = Math.floor(itemCount * (((number * 104_729) % 1_000_003) / 1_000_003) ** 3)
    events.push(
      `{"id":"load-${process.pid}-${number}","type":"click",` +
        `"user":"user-${user}","item":"item-${item}"}`,
    )
  }
  return `{"events":[${events.join(',')}]}`
}
