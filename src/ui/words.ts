/**
 * The product's words in the language that is chosen. Namespaces are the modules' names; a key that the module lacks is looked up in the shell's words ('ui').
 *
 *   const t = useWords('customers')
 *   t('list.title')                        src/modules/customers/texts/<language>.json
 *   t('list.count', { count: 3 })          plural forms: list.count_one, list.count_other (Chinese: list.count_other only)
 *   t('save')                              from src/ui/texts
 *   const { language, setLanguage } = useLanguage()
 *
 * Only the chosen language is fetched. A test keeps the keys of the three languages equal, so that no second language is needed to fill gaps;
 * what only the server knows to say (a reason without a text) appears as its English sentence.
 */
import i18next, { type i18n } from 'i18next'
import { useCallback } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import { type Language, languageFor } from '#modules/organization/domain.ts'
import { readPreference, usePreference, writePreference } from './preferences.ts'

export type { Language } from '#modules/organization/domain.ts'

/** Each with its name in itself. */
export const languages: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文', 'zh-TW': '繁體中文' }

export type Words = (key: string, values?: Readonly<Record<string, unknown>>) => string

export function useWords(module: string): Words {
  const { t } = useTranslation(module)
  return useCallback((key, values) => t(key, { ...values }) as string, [t])
}

export function useLanguage(): { language: Language; setLanguage(next: Language): Promise<void> } {
  const [language] = usePreference<Language>('language', languageFor(navigator.languages))
  return { language, setLanguage }
}

/** Switches at once and without a reload: the words are fetched first, then everything is drawn anew. */
export async function setLanguage(next: Language): Promise<void> {
  await load(words, next)
  await words.changeLanguage(next)
  document.documentElement.lang = next
  writePreference('language', next)
}

/** Whether a text exists in the module's own or the shell's words. */
export const hasWord = (module: string, key: string): boolean => words.exists(key, { ns: [module, 'ui'] })

/** Must have ended before anything is drawn. */
export async function startWords(): Promise<void> {
  const language = readPreference<Language>('language', languageFor(navigator.languages))
  await words.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    defaultNS: 'ui',
    fallbackNS: 'ui',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  await load(words, language)
  document.documentElement.lang = language
}

const words: i18n = i18next.createInstance()

type Texts = Record<string, unknown>
const files = import.meta.glob<Texts>(
  ['./texts/*.json', '../modules/*/texts/*.json', '../platform/*/texts/*.json', '../../seeds/texts/*.json'],
  { import: 'default' },
)
const loaded = new Set<string>()

async function load(into: i18n, language: Language): Promise<void> {
  if (loaded.has(language)) return
  const own = Object.entries(files).filter(([path]) => path.endsWith(`/${language}.json`))
  await Promise.all(own.map(async ([path, file]) => into.addResourceBundle(language, namespaceOf(path), await file(), true, true)))
  loaded.add(language)
}

/** The folder that holds the texts is the module's name; the demo company's folder is called after what it holds. */
function namespaceOf(path: string): string {
  const folder = path.startsWith('./') ? 'ui' : path.split('/').at(-3)
  return folder === 'seeds' ? 'demo' : (folder ?? 'ui')
}
