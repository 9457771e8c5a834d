/** The only door for outside data: behind it, types are trusted. Every refusal names its field. */
export { type ActionDefaults, type DecodedAction, decodeAction } from './decode-action.ts'
export { encodeAttributes } from './decode-attributes.ts'
export { decodeItem, decodeUser } from './decode-record.ts'
