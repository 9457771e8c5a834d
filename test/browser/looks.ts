import type { Page } from 'playwright-core'

/** What a person would trip over on a page, as far as it can be measured. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    const { documentElement: root } = document
    if (root.scrollWidth > root.clientWidth) {
      faults.push(`scrolls sideways: ${root.scrollWidth} of ${root.clientWidth} px`)
    }

    const painter = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    if (painter === null) throw new Error('no canvas to read colours with')
    const rgbaOf = (colour: string): readonly number[] => {
      painter.clearRect(0, 0, 1, 1)
      painter.fillStyle = colour
      painter.fillRect(0, 0, 1, 1)
      return [...painter.getImageData(0, 0, 1, 1).data]
    }
    // WCAG 2.2, relative luminance and contrast ratio.
    const luminance = (rgb: readonly number[]): number => {
      const linear = rgb.slice(0, 3).map((byte) => {
        const part = byte / 255
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!
    }
    const contrast = (a: readonly number[], b: readonly number[]): number => {
      const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
      return (high! + 0.05) / (low! + 0.05)
    }
    const groundOf = (element: Element): readonly number[] => {
      for (let up: Element | null = element; up !== null; up = up.parentElement) {
        const ground = rgbaOf(getComputedStyle(up).backgroundColor)
        if (ground[3] === 255) return ground
      }
      return [255, 255, 255]
    }

    const dialog = document.querySelector('dialog[open]')
    const reachable = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true }) &&
      (dialog === null || dialog.contains(element))

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement
      const text = walker.currentNode.textContent?.trim()
      if (element === null || !text || !reachable(element)) continue
      if (element.closest('.unseen, .skip, noscript, script') !== null) continue
      const style = getComputedStyle(element)
      const ratio = contrast(rgbaOf(style.color), groundOf(element))
      const sizePx = Number.parseFloat(style.fontSize)
      const isLarge = sizePx >= 24 || (sizePx >= 18.66 && Number(style.fontWeight) >= 700)
      if (ratio < (isLarge ? 3 : 4.5)) faults.push(`contrast ${ratio.toFixed(2)}: "${text}"`)
      if (sizePx < 11) faults.push(`${sizePx} px letters: "${text}"`)
    }

    for (const control of document.querySelectorAll('button, input, summary, a[href]')) {
      if (!reachable(control) || control.matches('.skip')) continue
      const name =
        control.getAttribute('aria-label') ??
        (control instanceof HTMLInputElement
          ? [...(control.labels ?? [])].map((label) => label.textContent).join('')
          : control.textContent)
      if (!name?.trim()) faults.push(`a control without a name: ${control.outerHTML.slice(0, 80)}`)
      // WCAG 2.2, 2.5.8 target size, minimum.
      const { width, height } = control.getBoundingClientRect()
      if (width < 24 || height < 24) faults.push(`${width} × ${height} px to hit: ${name}`)
    }
    return faults
  })
}

/** Counts, from now on, by how much the page moved what was not asked to move. */
export async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const seen = { sum: 0 }
    Object.assign(window, { shifts: seen })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as unknown as LayoutShift // Not in the DOM library.
        if (!hadRecentInput) seen.sum += value
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return () => page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum)
}

interface LayoutShift {
  readonly value: number
  readonly hadRecentInput: boolean
}
