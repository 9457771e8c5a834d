/** Letters that are no other letter with a mark, by what people type in their stead. */
const spelt: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i' },
}
const speltLetters = new RegExp(`[${Object.keys(spelt).join('')}]`, 'g')

/** Marks of Latin, Greek and Cyrillic letters. Those of other scripts make other words. */
const marks = /[\u0300-\u036f]/g

/**
 * A text without what is often left out when typing: case, accents, and the forms that only look
 * different (full width, ligatures). Equal for texts that people would call the same.
 */
export function foldedText(text: string): string {
  const lower = text.toLowerCase()
  if (/^[\x20-\x7e]*$/.test(lower)) return lower
  return lower
    .normalize('NFKD')
    .toLowerCase()
    .replace(marks, '')
    .replace(speltLetters, (letter) => spelt[letter]!)
    .normalize('NFC')
}
