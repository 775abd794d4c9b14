import type { Db } from '#platform/database/connection.ts'
import { namesOf } from '#platform/sign-in/users.ts'
import type { Cell } from '#platform/tabular/csv-writer.ts'
import shellEn from '#ui/texts/en.json' with { type: 'json' }
import shellSimplified from '#ui/texts/zh-CN.json' with { type: 'json' }
import shellTraditional from '#ui/texts/zh-TW.json' with { type: 'json' }
import en from '../texts/en.json' with { type: 'json' }
import simplified from '../texts/zh-CN.json' with { type: 'json' }
import traditional from '../texts/zh-TW.json' with { type: 'json' }

const texts = {
  en: { ...en, tiers: shellEn.tier, shell: shellEn },
  'zh-CN': { ...simplified, tiers: shellSimplified.tier, shell: shellSimplified },
  'zh-TW': { ...traditional, tiers: shellTraditional.tier, shell: shellTraditional },
} as const
export type Language = keyof typeof texts
export type Words = (typeof texts)[Language]

type Coded =
  | 'kind'
  | 'role'
  | 'phase'
  | 'tiers'
  | 'valueLabel'
  | 'activity'
  | 'segment'
  | 'targets'
  | 'sensitivity'
  | 'likedChannel'
  | 'expectation'

/** How a file writes what the archive and the book hold. */
export interface Manner {
  /** What a column is called: its key, or a word, with the unit of what stands in it. */
  heading(key: string, word: (words: Words) => string, unit?: 'currency' | 'percent' | 'zone'): string
  coded(kind: Coded, value: string | null): Cell
  flag(value: boolean): Cell
  money(minor: number): Cell
  instant(moment: Date): Cell
  /** What administrators call something, else its key. */
  named(key: string, names: Readonly<Record<Language, string>> | undefined): string
  /** The words, where the file speaks to people. */
  readonly words: Words | null
  /** The names of people by their ids; who is in none stands for himself, as a name that an import brought along does. */
  people(ids: readonly string[], db: Db): Promise<ReadonlyMap<string, string>>
}

/** Keys that never change, and instants that need no zone. */
export const forPrograms = (currency: string): Manner => ({
  heading: (key) => key,
  coded: (_, value) => value,
  flag: (value) => String(value),
  money: moneyIn(currency),
  instant: (moment) => moment.toISOString(),
  named: (key) => key,
  words: null,
  people: async () => new Map(),
})

/** Words of a language, times in the organization's zone; the headings name units. */
export function forPeople(language: Language, currency: string, timeZone: string): Manner {
  const words = texts[language]
  // Swedes write dates as spreadsheets understand them.
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const units = { currency, percent: '%', zone: timeZone }
  const found = new Map<string, string>([
    ['operator', words.shell.by.operator],
    ['system', words.shell.by.system],
  ])
  return {
    heading: (_, word, unit) => `${word(words)}${unit === undefined ? '' : ` (${units[unit]})`}`,
    coded: (kind, value) => (value === null ? null : ((words[kind] as Readonly<Record<string, string>>)[value] ?? value)),
    flag: (value) => (value ? words.shell.yes : words.shell.no),
    money: moneyIn(currency),
    instant: (moment) => ({ date: clock.format(moment) }),
    named: (key, names) => (names ? names[language] || names.en || names['zh-CN'] || names['zh-TW'] : '') || key,
    words,
    async people(ids, db) {
      const fresh = ids.filter((id) => !found.has(id))
      for (const [id, name] of await namesOf(db, fresh)) found.set(id, name)
      return found
    },
  }
}

function moneyIn(currency: string): (minor: number) => Cell {
  const decimals = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  return (minor) => ({ decimal: (minor / 10 ** decimals).toFixed(decimals) })
}
