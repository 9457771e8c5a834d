import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Page } from 'playwright-core'
import type { FirstItem } from './reader.ts'
import type { Visit } from './visit.ts'

/** Videos of so many seconds, whatever their records say: nobody here has half a minute. */
const seconds = 10

/** But the first of a page cannot come to a quarter of its time before a slow machine goes on. */
const firstSeconds = 120

const perPage = 8

/** One user's pages are a matter of chance; so many who swipe stand beside as many who do not. */
const pairs = 6

interface FeedAnswer {
  readonly items: readonly FirstItem[]
}

/** For one step: calls for feeds pass again after it. */
async function shorten(page: Page): Promise<void> {
  await page.route('**/feed?**', async (route) => {
    const response = await route.fetch()
    if (!response.ok()) return route.fulfill({ response })
    const answer = (await response.json()) as FeedAnswer // As the API describes it.
    for (const [place, { item }] of answer.items.entries()) {
      if (item) item.attributes['seconds'] = place === 0 ? firstSeconds : seconds
    }
    return route.fulfill({ response, json: answer })
  })
}

const active = (page: Page) =>
  page.locator('.clip-runs').evaluate((clip) => {
    const { item = '', channel = '', place = '' } = (clip as HTMLElement).dataset
    return { item, channel, place: Number(place) }
  })

/** Goes on to the next video, and waits until it plays. */
async function next(page: Page): Promise<void> {
  const { place } = await active(page)
  await page.locator('.reel').press('ArrowDown')
  await page.locator(`.clip-runs[data-place="${place + 1}"]`).waitFor()
}

const share = async (page: Page): Promise<number> =>
  Number.parseFloat(
    await page.locator('.clip-runs .clip-bar span').evaluate((bar) => bar.style.width || '0'),
  ) / 100

/** Waits until so much of the video on screen was played. */
async function watchTo(page: Page, wanted: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const bar = document.querySelector<HTMLElement>('.clip-runs .clip-bar span')
      return Number.parseFloat(bar?.style.width || '0') / 100 >= wanted
    },
    wanted,
    { timeout: 45_000 },
  )
}

/** What a person does with a stream of videos: watch, swipe past, like, go on. */
export function videoSteps(visit: () => Visit): void {
  it('plays one video at a time, from where the site begins', async () => {
    const { page, person, server, seen } = visit()
    // The scene may not be there: the stream takes the next one then.
    seen.expect(/404/)
    await shorten(page)
    await page.goto(`${server.base}/`)
    await page.locator('.clip-runs').waitFor()
    assert.equal(new URL(page.url()).pathname, '/video')
    assert.equal(await page.locator('.clip-runs').count(), 1)
    const before = await share(page)
    await watchTo(page, before + 0.002)
    await page.locator('.reel').press(' ')
    await page.locator('.clip-runs').waitFor({ state: 'detached' })
    await page.locator('.reel').press(' ')
    await page.locator('.clip-runs').waitFor()
    await person.photograph('video-first', { isMoving: true })
  })

  it('tells what was swiped past, what was played and what was liked', async () => {
    const { page, person, seen } = visit()
    await shorten(page)
    await page.locator('.clip-runs').waitFor()
    const before = await person.user()
    const leftBy = (user: string) =>
      seen.told.filter((one) => one.user === user && /^(play|swipe-past)$/.test(one.type))
    const leftBefore = leftBy(before).length
    const [first] = await person.becomeNewAt('/video')
    await page.locator(`.clip-runs[data-item="${first?.id}"]`).waitFor()
    const swiped = await active(page)
    await next(page)
    const watched = await active(page)
    await watchTo(page, 0.35)
    await next(page)
    const finished = await active(page)
    await page.locator('.clip-runs').dblclick({ position: { x: 120, y: 220 } })
    await watchTo(page, 0.9)
    await page.waitForFunction(() => {
      const bar = document.querySelector<HTMLElement>('.clip-runs .clip-bar span')
      return Number.parseFloat(bar?.style.width || '100') < 50
    })
    await next(page)
    await seen.heard({ item: finished.item, type: 'like' })
    const { value: past = 1, token } = await seen.heard({ item: swiped.item, type: 'swipe-past' })
    assert.ok(past < 0.25 && token, `${past} ${token}`)
    const { value: played = 0 } = await seen.heard({ item: watched.item, type: 'play' })
    assert.ok(played >= 0.25 && played < 1, String(played))
    await seen.heard({ item: finished.item, type: 'play', value: 1 })
    await seen.quiet()
    const told = (item: string, type: string) =>
      seen.told.filter((event) => event.item === item && event.type === type).length
    assert.equal(told(finished.item, 'play'), 1)
    assert.equal(told(finished.item, 'like'), 1)
    assert.equal(told(watched.item, 'swipe-past'), 0)
    // What was on screen for the one before was left by them, and not by the newcomer.
    assert.ok(leftBy(before).length > leftBefore)
    assert.deepEqual(
      leftBy(await person.user()).map(({ item }) => item),
      [swiped.item, watched.item, finished.item],
    )
  })

  it('asks for more before the last is reached, and shows none twice', async () => {
    const { page, seen } = visit()
    const met = [(await active(page)).item]
    const asked = () => seen.asked.filter((call) => /\/feed$/.test(call)).length
    const before = asked()
    while ((await active(page)).place < perPage + 1) {
      await next(page)
      met.push((await active(page)).item)
    }
    assert.ok(asked() > before)
    assert.equal(new Set(met).size, met.length)
  })

  it('goes on where it was left to ask why, and says where nothing is left', async () => {
    const { page, answerFeeds } = visit()
    const before = await active(page)
    assert.ok(before.place > 0)
    await page.getByText('Every step').click()
    await page.waitForURL(/\/why\//)
    await page.goBack()
    await page.locator('.clip-runs').waitFor()
    assert.deepEqual(await active(page), before)
    await answerFeeds(async (route) => {
      const response = await route.fetch()
      const answer = (await response.json()) as FeedAnswer // As the API describes it.
      await route.fulfill({ response, json: { ...answer, items: [], vectors: undefined } })
    })
    const last = page.locator('.reel-last', { hasText: 'You have seen them all.' })
    for (let step = 0; step < 4 * perPage && !(await last.isVisible()); step++) {
      await page.locator('.reel').press('ArrowDown')
      await page.waitForTimeout(400)
    }
    await last.waitFor()
  })

  it('is shown less of what was swiped past, as far as nothing else was done', async () => {
    const subject = await commonest(visit())
    const counts = { swiped: 0, onlyLooked: 0 }
    const countOf = async (user: string) =>
      (await subjects(visit(), user)).filter((name) => name === subject).length
    // What lies deep in a feed is not what lies on top: others look at as many pages.
    for (let pair = 0; pair < pairs; pair++) {
      const pages = await swipePast(visit(), `swiper-${pair}`, subject, 6)
      for (let page = 0; page < pages; page++) await nextPage(visit(), `looker-${pair}`)
      counts.swiped += await countOf(`swiper-${pair}`)
      counts.onlyLooked += await countOf(`looker-${pair}`)
    }
    const told = `${subject}: ${counts.swiped} of ${pairs * 24}, others ${counts.onlyLooked}`
    assert.ok(counts.swiped < counts.onlyLooked, told)
  })

  it('keeps still for those who want that', async () => {
    const { page, server } = visit()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(`${server.base}/video`)
    await page.locator('.clip-runs').waitFor()
    const running = await page.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
    )
    assert.equal(running, 0)
    await page.emulateMedia({ reducedMotion: 'no-preference' })
  })
}

async function nextPage({ server }: Visit, user: string): Promise<FeedAnswer['items']> {
  const path = `/v1/scenes/home/feed?user=${encodeURIComponent(user)}&size=${perPage}&items=true`
  return ((await server.ask(path)) as FeedAnswer).items // As the API describes it.
}

/** The main subject of each of the next videos of a user. */
async function subjects(visit: Visit, user: string): Promise<readonly string[]> {
  const names: string[] = []
  for (let turn = 0; turn < 3; turn++) {
    const items = await nextPage(visit, user)
    names.push(...items.map(({ item }) => item?.channels[0] ?? ''))
  }
  return names
}

/** Tells of so many videos of a subject that they were swiped past; returns the pages it took. */
async function swipePast(
  visit: Visit,
  user: string,
  subject: string,
  wanted: number,
): Promise<number> {
  const { server, page } = visit
  let pages = 0
  for (let swiped = 0; swiped < wanted; ) {
    const items = await nextPage(visit, user)
    pages++
    assert.ok(items.length > 0, `${swiped} of ${subject} came`)
    const events = items
      .filter(({ item }) => item?.channels[0] === subject)
      .slice(0, wanted - swiped)
      .map(({ id, token }) => ({ type: 'swipe-past', value: 0.03, user, item: id, token }))
    if (events.length === 0) continue
    swiped += events.length
    const response = await page.request.post(`${server.base}/v1/events`, { data: { events } })
    assert.equal(((await response.json()) as { accepted: number }).accepted, events.length)
  }
  return pages
}

/** The subject that newcomers are shown most of. */
async function commonest(visit: Visit): Promise<string> {
  const counts = new Map<string, number>()
  for (const name of await subjects(visit, 'somebody-else')) {
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? ''
}
