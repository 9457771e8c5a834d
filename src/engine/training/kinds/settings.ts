import { invalid } from '../../../error.ts'

/** What may be set when a job is started, with its range: what a form shows, and a search tries. */
export type DeclaredSetting = DeclaredNumber | DeclaredChoice

export interface DeclaredNumber {
  readonly description: string
  readonly initial: number
  readonly least: number
  readonly most: number
  /** Whole numbers only. */
  readonly whole?: true
  /** Told apart by their ratio, as penalties and rates are: both bounds > 0. */
  readonly scale?: 'log'
}

export interface DeclaredChoice {
  readonly description: string
  readonly initial: string
  readonly choices: readonly string[]
}

export type DeclaredSettings = Readonly<Record<string, DeclaredSetting>>

/** Every declared setting, with the value it has. */
export type Settings = Readonly<Record<string, number | string>>

/** Throws `invalid_argument` for a setting that is not declared, or is out of its range. */
export function settingsOf(
  declared: DeclaredSettings,
  given: Readonly<Record<string, unknown>>,
): Settings {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(declared, name)) continue
    const known = Object.keys(declared).join(', ') || 'none'
    throw invalid(`settings.${name}`, `is not known; there are ${known}`)
  }
  return Object.fromEntries(
    Object.entries(declared).map(([name, setting]) => {
      const value = given[name] ?? setting.initial
      check(`settings.${name}`, setting, value)
      return [name, value as number | string]
    }),
  )
}

function check(field: string, setting: DeclaredSetting, value: unknown): void {
  if ('choices' in setting) {
    if (typeof value === 'string' && setting.choices.includes(value)) return
    throw invalid(field, `${JSON.stringify(value)} must be one of ${setting.choices.join(', ')}`)
  }
  const { least, most, whole } = setting
  const fits = typeof value === 'number' && value >= least && value <= most
  if (fits && (whole !== true || Number.isInteger(value))) return
  const kind = whole ? 'a whole number' : 'a number'
  throw invalid(field, `${JSON.stringify(value)} must be ${kind} >= ${least} and <= ${most}`)
}

/** The settings that hold numbers, as a fit takes them. */
export function numbersIn<const Name extends string>(
  settings: Settings,
  names: readonly Name[],
): Record<Name, number> {
  const entries = names.map((name) => [name, Number(settings[name])] as const)
  return Object.fromEntries(entries) as Record<Name, number>
}
