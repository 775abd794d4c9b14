import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { texts } from '../texts/index.ts'

type Sentence = Extract<keyof typeof texts.en, `owed.${string}` | `raised.${string}`>

/** What the product says by itself, such as what a commitment is called, in the language of the company; people read it in their day. */
export async function owed(context: Context, sentence: Sentence, number: string): Promise<string> {
  return (await companyWords(context))(sentence, { number })
}

/** The same for several sentences with more in them. Days are written as the language writes them. */
export async function companyWords({
  db,
}: Context): Promise<(sentence: Sentence, values: Readonly<Record<string, string | number>>) => string> {
  const { locale } = await readSetting(db, organizationProfile)
  const written = (value: string | number) => (isDay(value) ? dayWords(locale, value) : String(value))
  return (sentence, values) =>
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{{${name}}}`, () => written(value)), texts[locale][sentence])
}

const isDay = (value: string | number): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)

const dayWords = (locale: string, day: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
