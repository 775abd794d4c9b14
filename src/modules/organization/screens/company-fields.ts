import type { Field } from '#ui/form.tsx'
import { languages as languageNames, type Words } from '#ui/words.ts'
import { languages } from '../domain.ts'

export interface Company {
  readonly name: string
  readonly currency: string
  readonly timeZone: string
  readonly locale: (typeof languages)[number]
}

/** The company's own data as fields. `prefix` is where they lie in the request, so that what the server finds wrong appears at its field. */
export function companyFields<V>(prefix: string, t: Words, language: string): Field<V>[] {
  const name = (field: keyof Company) => `${prefix}.${field}` as keyof V & string
  return [
    { name: name('name'), kind: 'text', label: t('field.organization'), required: true, autoComplete: 'organization', maxLength: 200 },
    {
      name: name('currency'),
      kind: 'choice',
      label: t('field.currency'),
      help: t('field.currencyHelp'),
      required: true,
      search: true,
      options: currencies(language),
    },
    {
      name: name('timeZone'),
      kind: 'choice',
      label: t('field.timeZone'),
      help: t('field.timeZoneHelp'),
      required: true,
      search: true,
      options: timeZones(),
    },
    {
      name: name('locale'),
      kind: 'choice',
      label: t('field.locale'),
      help: t('field.localeHelp'),
      required: true,
      options: languages.map((value) => ({ value, label: languageNames[value] })),
    },
  ]
}

/** The values of a form with prefixed names, without the prefix. */
export const companyOf = (prefix: string, values: Readonly<Record<string, unknown>>): Company => ({
  name: String(values[`${prefix}.name`]),
  currency: String(values[`${prefix}.currency`]),
  timeZone: String(values[`${prefix}.timeZone`]),
  locale: languages.find((one) => one === values[`${prefix}.locale`]) ?? 'en',
})

export const prefixed = (prefix: string, company: Company): Record<string, string> =>
  Object.fromEntries(Object.entries(company).map(([field, value]) => [`${prefix}.${field}`, value]))

/** In which zone something keeps its time, as a field named `timeZone`. */
export const timeZoneField = <V>(t: Words): Field<V> => ({
  name: 'timeZone' as keyof V & string,
  kind: 'choice',
  label: t('field.timeZone'),
  required: true,
  search: true,
  options: timeZones(),
})

/** The browser's own zone first, then all that it knows; UTC is missing from some browsers' lists. */
function timeZones() {
  const own = ownTimeZone()
  const all = new Set([own, ...Intl.supportedValuesOf('timeZone'), 'UTC'])
  return [...all].map((value) => ({ value, label: value.replaceAll('_', ' ') }))
}

export const ownTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

function currencies(language: string) {
  const names = new Intl.DisplayNames([language], { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((value) => ({ value, label: `${value} · ${names.of(value) ?? value}` }))
}
