import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { type Cell, type Rows, writeCsv } from '#platform/tabular/csv-writer.ts'
import { writeXlsx } from '#platform/tabular/xlsx-writer.ts'
import { texts } from '../texts/index.ts'

export type Language = keyof typeof texts
export type FileFormat = 'csv' | 'xlsx'

/** How a file for people is written: words in a language, money in the company's currency, times on the company's clock. */
export interface Manner {
  /** A text of the module; what has none is shown as it is. */
  word(key: string, otherwise?: string): string
  money(minor: number): Cell
  instant(at: Date | null): Cell
  readonly currency: string
}

export async function mannerOf({ db }: Pick<Context, 'db'>, language: Language | undefined): Promise<Manner> {
  const { currency, timeZone, locale } = await readSetting(db, organizationProfile)
  const words = texts[language ?? locale] as unknown as Readonly<Record<string, unknown>>
  const decimals = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  // Swedes write dates as spreadsheets understand them.
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return {
    word: (key, otherwise = key) => (typeof words[key] === 'string' ? words[key] : otherwise),
    money: (minor) => ({ decimal: (minor / 10 ** decimals).toFixed(decimals) }),
    instant: (at) => (at === null ? null : { date: clock.format(at) }),
    currency,
  }
}

export const fileOf = (name: string, title: string, format: FileFormat, rows: Rows) =>
  format === 'csv'
    ? { fileName: `${name}.csv`, mediaType: 'text/csv; charset=utf-8', content: writeCsv(rows) }
    : {
        fileName: `${name}.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content: writeXlsx(rows, title.slice(0, 31)),
      }
