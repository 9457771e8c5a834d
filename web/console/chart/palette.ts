import type { Theme } from '../../src/state/theme.ts'

/**
 * Colours of series. Neighbours can be told apart by those who see no red or no green too, and all
 * are 3:1 from the ground; the test holds both. Who sees none at all reads the table.
 */
export const seriesColours: Readonly<Record<Theme, readonly string[]>> = {
  light: [
    ...['#125745', '#d64514', '#2f5fc4', '#b73987', '#8d781a', '#0f86b0', '#595e64', '#7b2d14'],
  ],
  dark: [
    ...['#74ddba', '#ff9b54', '#84a9ff', '#df81c0', '#e3c53d', '#63c7f2', '#b4b8c0', '#ff7f6e'],
  ],
}

/** What else is drawn on a canvas, which knows no style sheet. */
export const chartInk: Readonly<Record<Theme, { text: string; line: string; ground: string }>> = {
  light: { text: '#5a5c64', line: '#e4ddcf', ground: '#fffdf8' },
  dark: { text: '#a5aab4', line: '#272e37', ground: '#171b21' },
}

export const colourOf = (theme: Theme, place: number): string =>
  seriesColours[theme][place % seriesColours[theme].length] ?? ''
