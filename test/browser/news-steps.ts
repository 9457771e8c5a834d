import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Page } from 'playwright-core'
import { faultsOf } from './looks.ts'
import { desktop, pageSize, phone, type Visit } from './visit.ts'

interface Batch {
  readonly batch: number
  readonly items: readonly string[]
  readonly channels: readonly string[]
}

interface FeedAnswer {
  readonly items: readonly { readonly item?: { readonly channels: readonly string[] } }[]
}

interface Interests {
  readonly longTerm: readonly { readonly topic: string; readonly followedAt?: string }[]
}

interface Described {
  readonly attributes: { readonly keywords: readonly string[] }
}

/** The pages of stories on screen, newest first. */
function batches(page: Page): Promise<readonly Batch[]> {
  return page.locator('section[data-batch]').evaluateAll((sections) =>
    sections.map((section) => {
      const stories = [...section.querySelectorAll<HTMLElement>('[data-item]')]
      return {
        batch: Number(section.getAttribute('data-batch')),
        items: stories.map(({ dataset }) => dataset['item'] ?? ''),
        channels: stories.map(({ dataset }) => dataset['channel'] ?? ''),
      }
    }),
  )
}

/** Pulls the page down by a finger. */
function pullByTouch(page: Page): Promise<void> {
  return page.evaluate(() => {
    const send = (type: string, clientY: number): void => {
      const target = document.body
      const touch = new Touch({ identifier: 1, target, clientX: 100, clientY })
      const touches = type === 'touchend' ? [] : [touch]
      target.dispatchEvent(new TouchEvent(type, { touches, bubbles: true, cancelable: true }))
    }
    send('touchstart', 200)
    for (let y = 220; y <= 400; y += 20) send('touchmove', y)
    send('touchend', 400)
  })
}

async function pullByMouse(page: Page): Promise<void> {
  await page.mouse.move(8, 300)
  await page.mouse.down()
  await page.mouse.move(8, 500, { steps: 6 })
  await page.mouse.up()
}

async function pullByWheel(page: Page): Promise<void> {
  await page.mouse.move(600, 400)
  // In one go: what is turned after a pause counts anew.
  await page.mouse.wheel(0, -600)
}

/** How many of the next stories of a user belong to a channel. */
async function countOf({ server }: Visit, user: string, channel: string): Promise<number> {
  let count = 0
  for (let turn = 0; turn < 2; turn++) {
    const path = `/v1/scenes/home/feed?user=${user}&size=${pageSize}&items=true`
    const { items } = (await server.ask(path)) as FeedAnswer // As the API describes it.
    count += items.filter(({ item }) => item?.channels.includes(channel)).length
  }
  return count
}

/** What a person does with news: look, pull, scroll, choose a channel, read. */
export function newsSteps(visit: () => Visit): void {
  it('is where the site begins, with all of its channels', async () => {
    const { page, person, seen, server } = visit()
    await page.goto(`${server.base}/`)
    await page.locator('section[data-batch]').first().waitFor()
    await seen.quiet()
    assert.equal(new URL(page.url()).pathname, '/news')
    const channels = await page.locator('.news-bar .chip').allTextContents()
    assert.equal(channels.length, 26)
    assert.equal(channels[0], 'Recommended')
    assert.equal(await page.locator('.news-bar [aria-current]').textContent(), 'Recommended')
    const [first] = await batches(page)
    assert.equal(first?.items.length, pageSize)
    const status = (await server.ask('/v1/status')) as { catalogue: string }
    assert.match(status.catalogue, /^News: /)
    await person.photograph('news-first')
  })

  it('brings new stories when it is pulled: by finger, mouse, wheel, key and button', async () => {
    const { page, person } = visit()
    await person.becomeNewAt('/news')
    await page.locator('section[data-batch="1"]').waitFor()
    const ways: readonly (readonly [string, () => Promise<void>])[] = [
      ['touch', () => pullByTouch(page)],
      ['mouse', () => pullByMouse(page)],
      ['wheel', () => pullByWheel(page)],
      ['key', () => page.keyboard.press('r')],
      ['button', () => page.locator('.news-bar .refresh').click()],
    ]
    for (const [place, [name, pull]] of ways.entries()) {
      await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }))
      await pull()
      const words = page.locator('.news-came', { hasText: `${pageSize} new stories` })
      // At once: what came is said for some seconds only.
      await Promise.all([
        page.locator(`section[data-batch="${place + 2}"]`).waitFor(),
        words.waitFor().catch(() => assert.fail(`${name} does not say what came`)),
      ])
    }
    const items = (await batches(page)).flatMap((batch) => batch.items)
    assert.equal(items.length, 6 * pageSize)
    assert.equal(new Set(items).size, items.length, 'a story came twice')
  })

  it('shows what was shown before, exactly, as one scrolls down', async () => {
    const { page, person } = visit()
    const shown = await batches(page)
    await page.reload()
    await page.locator(`section[data-batch="${shown[0]!.batch + 1}"]`).waitFor()
    for (let count = 2; count <= shown.length + 1; count++) {
      await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }))
      await page
        .locator('section[data-batch]')
        .nth(count - 1)
        .waitFor({ state: 'attached' })
    }
    const before = (await batches(page)).slice(1)
    assert.deepEqual(
      before.map(({ items }) => items),
      shown.map(({ items }) => items),
    )
    await page.getByText('This is where it began').waitFor()
    await person.photograph('news-older')
  })

  it('shows channels, each its own stories', async () => {
    const { page, seen } = visit()
    const met: string[] = []
    for (const channel of ['Databases', 'CSS']) {
      await page.locator('.news-bar .chip', { hasText: new RegExp(`^${channel}$`) }).click()
      await page.locator('section[data-batch="1"]').waitFor()
      await seen.quiet()
      assert.equal(new URL(page.url()).pathname, `/news/${channel}`)
      const [top] = await batches(page)
      assert.ok((top?.items.length ?? 0) >= 5, `${channel} has ${top?.items.length} stories`)
      assert.ok(top!.channels.filter((name) => name === channel).length > 0)
      assert.equal(await page.locator('.news-bar [aria-current]').textContent(), channel)
      for (const item of top!.items) assert.ok(!met.includes(item), `${item} was there before`)
      met.push(...top!.items)
    }
  })

  it('leaves whoever went on alone when what they asked for comes', async () => {
    const { page, answerFeeds } = visit()
    const chips = page.locator('.news-bar .chip')
    let answer = (): void => undefined
    const answered = new Promise<void>((resolve) => {
      answer = resolve
    })
    await answerFeeds(async (route) => {
      await answered
      await route.continue()
    })
    const late = page.waitForResponse(/channel\/feed/)
    await page.locator('.news-bar .refresh').click()
    await chips.filter({ hasText: /^Databases$/ }).click()
    await page.locator('section[data-batch]').first().waitFor()
    await page.evaluate(() => scrollTo({ top: 200, behavior: 'instant' }))
    answer()
    await late
    await page.waitForTimeout(300)
    assert.equal(await page.evaluate(() => scrollY), 200)
    assert.equal(await page.locator('.news-came').textContent(), '')
  })

  it('tells how long a story was read, and shows more of what was liked', async () => {
    const { page, person, seen, server } = visit()
    await person.becomeNewAt('/news')
    const channel = 'Databases'
    await page.goto(`${server.base}/news/${channel}`)
    await page.locator('section[data-batch="1"]').waitFor()
    const read = (await batches(page))[0]!.items.slice(0, 4)
    for (const [place, item] of read.entries()) {
      await page.locator(`section[data-batch="1"] [data-item="${item}"] .story-link`).click()
      await page.locator('.article h1').waitFor()
      await page.waitForTimeout(1_300)
      await page
        .locator('.story-opinion')
        .getByRole('button', { name: 'Like', exact: true })
        .click()
      if (place === 0) await person.photograph('story-read')
      await page.goBack()
      await page.locator('section[data-batch="1"]').waitFor()
    }
    for (const item of read) await seen.heard({ type: 'read', item })
    const reads = seen.told.filter(({ type }) => type === 'read')
    for (const { value, token } of reads.slice(-4)) {
      assert.ok(value! >= 1_000 && value! < 300_000, `read for ${value} ms`)
      assert.ok(token, 'a reading names the page that showed the story')
    }
    // Somebody who saw the same, and liked nothing of it.
    const twin = 'nobody-yet'
    await server.ask(`/v1/scenes/home/feed?user=${twin}&size=${pageSize}`)
    await server.ask(`/v1/scenes/channel/feed?user=${twin}&size=${pageSize}&channel=${channel}`)
    const [mine, theirs] = [
      await countOf(visit(), await person.user(), channel),
      await countOf(visit(), twin, channel),
    ]
    assert.ok(mine > theirs, `${channel}: ${mine} of the next stories, ${theirs} for others`)
    await page.locator('.news-bar .chip').first().click()
    await page.locator('section[data-batch] .story').first().waitFor()
  })

  it('follows an author by a name that finds their other stories', async () => {
    const { page, person, seen, server } = visit()
    await person.becomeNewAt('/news')
    await page.locator('.story-link').first().click()
    const follow = page.getByRole('button', { name: /^Follow / })
    await follow.click()
    const { item } = await seen.heard({ type: 'follow', user: await person.user() })
    const { longTerm } = (await server.ask(`/v1/users/${await person.user()}/profile`)) as Interests
    const { attributes } = (await server.ask(`/v1/items/${item}`)) as Described
    const followed = longTerm.find(({ followedAt }) => followedAt !== undefined)
    assert.ok(attributes.keywords.includes(followed?.topic ?? ''), followed?.topic)
    await page.goBack()
    await page.locator('section[data-batch]').first().waitFor()
  })

  it('takes less like this for an answer, and says why a story is there', async () => {
    const { page, person, seen } = visit()
    await page
      .getByRole('button', { name: /^Less like / })
      .first()
      .click()
    await page.getByText('You will see less like').waitFor()
    await seen.quiet()
    const last = seen.told.findLast(({ type }) => type === 'dislike')
    assert.ok(last?.token)
    assert.deepEqual(await faultsOf(page), [])
    await person.photograph('news-less')
    await page.locator('.story a.tool').first().click()
    await page.waitForURL(/\/why\//)
    assert.deepEqual(seen.errors, [])
    assert.deepEqual(seen.strangers, [])
  })

  it('stands still at the end of a channel, says so, and shows what was shown before', async () => {
    const { page, person, server, shiftSum } = visit()
    const channel = 'CSS'
    const user = await person.user()
    const path = `/v1/scenes/channel/feed?user=${user}&channel=${channel}&size=${pageSize}`
    let isFull = true
    while (isFull) {
      const { items } = (await server.ask(path)) as FeedAnswer // As the API describes it.
      isFull = items.length === pageSize
    }
    for (const viewport of [phone, desktop]) {
      await page.setViewportSize(viewport)
      await person.visit(`/news/${channel}`)
      await page.getByText('You have seen all there is here').waitFor()
      await page.locator('section[data-batch]').first().waitFor()
      const moved = await shiftSum()
      assert(moved < 0.02, `${viewport.width} px wide: layout shift ${moved}`)
    }
    await person.photograph('news-all-seen')
  })
}
