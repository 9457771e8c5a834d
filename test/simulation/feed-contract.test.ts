import assert from 'node:assert/strict'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { createEngine } from '../../src/engine/create-engine.ts'
import type { OpenEngine } from '../../src/engine/engine-of.ts'
import { manualClock } from '../../src/events/clock.ts'
import { type Random, seededRandom } from '../../src/kernel/random.ts'
import { type FeedModel, feedModel } from './feed-model.ts'

const runs = Number(process.env['STARLING_RUNS'] ?? 4)
const firstSeed = Number(process.env['STARLING_SEED'] ?? 1)
const stepCount = 120
const itemCount = 90
const dayMs = 86_400_000
const scenes = ['home', 'channel', 'for-you', 'stream'] as const

/** One engine over its crashes, beside the model of what it should do. */
class Schedule {
  readonly #random: Random
  readonly #model: FeedModel = feedModel()
  readonly #clock = manualClock(Date.UTC(2026, 0, 1))
  readonly #folders: string[] = []
  readonly #abandoned: OpenEngine[] = []
  readonly faults: string[] = []
  #engine!: OpenEngine
  #merged = 0

  constructor(seed: number) {
    this.#random = seededRandom(seed)
  }

  async begin(): Promise<void> {
    await this.#open(await this.#folder())
    for (let item = 0; item < itemCount; item++) await this.#put(`i${item}`)
  }

  async step(): Promise<void> {
    this.#clock.advance(this.#random.below(20) === 0 ? this.#random.below(20) * dayMs : 60_000)
    const kind = this.#random.below(100)
    if (kind < 50) await this.#refresh()
    else if (kind < 62) await this.#pageBack()
    else if (kind < 68) await this.#act()
    else if (kind < 80) await this.#put(`i${this.#random.below(itemCount + 20)}`)
    else if (kind < 90) await this.#withdraw()
    else if (kind < 93) await this.#block()
    else if (kind < 96) await this.#merge()
    else await this.#crash()
  }

  async end(): Promise<void> {
    for (const engine of [...this.#abandoned, this.#engine]) await engine[Symbol.asyncDispose]()
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true })
  }

  /** Two devices, sometimes three, ask at once. */
  async #refresh(): Promise<void> {
    const ask = this.#ask()
    const size = 1 + this.#random.below(12)
    const devices = 1 + this.#random.below(3)
    const pages = await Promise.all(
      Array.from({ length: devices }, () => this.#engine.recommend({ ...ask, size })),
    )
    pages.sort((a, b) => a.batchId - b.batchId || b.items.length - a.items.length)
    for (const page of pages) this.#note(this.#model.served({ ...ask, size }, page))
    const explained = await this.#engine.explain(pages[0]!.requestId)
    const length = pages[0]!.items.length
    if (length > 0 && explained?.items.length !== length) this.#note(['a page without a reason'])
  }

  async #pageBack(): Promise<void> {
    const ask = this.#ask()
    let cursor: string | null = `b${this.#model.newest(ask.user, ask.scene, ask.channel)}`
    for (let count = 0; cursor !== null && count < 20; count++) {
      const page = await this.#engine.older({ ...ask, cursor })
      this.#note(this.#model.again(ask, page, this.#clock.now()))
      cursor = page.older
    }
  }

  async #act(): Promise<void> {
    const [user, item] = [this.#user(), `i${this.#random.below(itemCount)}`]
    const type = (['click', 'like', 'dislike', 'impression'] as const)[this.#random.below(4)]!
    const { accepted } = await this.#engine.track([{ type, user, item }])
    if (accepted !== 1) this.#note([`${type} was not accepted`])
    if (type !== 'impression') this.#model.act(user, item, type === 'dislike')
  }

  async #put(id: string): Promise<void> {
    const channels = this.#random.below(2) === 0 ? ['short'] : ['long']
    const ends = this.#random.below(8) === 0
    const until = this.#clock.now() + (1 + this.#random.below(60)) * dayMs
    const availability = ends ? { availableUntil: new Date(until).toISOString() } : {}
    await this.#engine.putItems([{ id, channels, attributes: {}, ...availability }])
    this.#model.put(id, channels, ends ? until : undefined)
  }

  async #withdraw(): Promise<void> {
    const id = `i${this.#random.below(itemCount)}`
    await this.#engine.withdrawItem(id)
    this.#model.withdraw(id)
  }

  async #block(): Promise<void> {
    const items = Array.from(
      { length: this.#random.below(4) },
      () => `i${this.#random.below(itemCount)}`,
    )
    await this.#engine.setParameter('blocked', { items }, 'simulation')
    this.#model.block(items)
  }

  async #merge(): Promise<void> {
    const [from, into] = [`anonymous-${this.#merged}`, this.#user()]
    if (this.#model.resolve(into) === from) return
    await this.#engine.mergeUsers(from, into)
    this.#model.merge(from, this.#model.resolve(into))
    this.#merged++
  }

  /** The process is gone, and with it all that was not in the log: the state begins anew. */
  async #crash(): Promise<void> {
    const folder = await this.#folder()
    await cp(this.#engine.home.log, join(folder, 'log'), { recursive: true })
    await cp(join(this.#engine.home.folder, 'secret'), join(folder, 'secret'))
    for (const name of await readdir(join(folder, 'log'))) {
      if (name.endsWith('.lock')) await rm(join(folder, 'log', name))
    }
    this.#abandoned.push(this.#engine)
    await this.#open(folder)
  }

  async #open(folder: string): Promise<void> {
    const seed = this.#random.next()
    this.#engine = await createEngine({ folder, clock: this.#clock, seed, retrain: false })
  }

  async #folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'starling-schedule-'))
    this.#folders.push(folder)
    return folder
  }

  #user(): string {
    return ['ada', 'bob', `anonymous-${this.#merged}`][this.#random.below(3)]!
  }

  #ask() {
    const scene = scenes[this.#random.below(scenes.length)]!
    return { user: this.#user(), scene, channel: scene === 'channel' ? 'short' : '' }
  }

  #note(faults: readonly string[]): void {
    this.faults.push(...faults)
  }
}

for (let run = 0; run < runs; run++) {
  const seed = firstSeed + run
  it(`the feed contract holds over random schedules (seed ${seed})`, async () => {
    const schedule = new Schedule(seed)
    try {
      await schedule.begin()
      for (let step = 0; step < stepCount && schedule.faults.length === 0; step++) {
        await schedule.step()
        assert.deepEqual(schedule.faults, [], `at step ${step}`)
      }
    } finally {
      await schedule.end()
    }
  })
}
