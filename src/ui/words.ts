/**
 * The product's words in the language that is chosen. Namespaces are the modules' names; a key that the module lacks is looked up in the shell's words ('ui').
 *
 *   const t = useWords('customers')
 *   t('list.title')                        src/modules/customers/texts/<language>.json
 *   t('list.count', { count: 3 })          plural forms: list.count_one, list.count_other (Chinese: list.count_other only)
 *   t('save')                              from src/ui/texts
 *   const t = useWords('value', 'customers')
 *   t('customers:channel.phone')           also with the words of another module
 *   const { language, setLanguage } = useLanguage()
 *
 * The shell's words and what each module's `screens/index.ts` names (navigation, commands, headings of panels) are fetched first, in one file. The others come with the first component that speaks with
 * them, which is not drawn before they are there: a raw key is never seen. Only the chosen language is fetched. A test keeps the keys of the three languages equal, so that no second language is needed
 * to fill gaps; what only the server knows to say (a reason without a text) appears as its English sentence.
 */
import i18next, { type i18n } from 'i18next'
import { use, useCallback } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import { type Language, languageFor } from '#modules/organization/domain.ts'
import { readPreference, usePreference, writePreference } from './preferences.ts'

export type { Language } from '#modules/organization/domain.ts'

/** Each with its name in itself. */
export const languages: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文', 'zh-TW': '繁體中文' }

export type Words = (key: string, values?: Readonly<Record<string, unknown>>) => string

export function useWords(module: string, ...also: readonly string[]): Words {
  // Also of what is here already: a component that waited is drawn again with the same promises in the same order, or React takes one for another.
  for (const one of [module, ...also]) use(fetchWords(one))
  const { t } = useTranslation(module)
  return useCallback((key, values) => t(key, { ...values }) as string, [t])
}

export function useLanguage(): { language: Language; setLanguage(next: Language): Promise<void> } {
  const [language] = usePreference<Language>('language', languageFor(navigator.languages))
  return { language, setLanguage }
}

/** Switches at once and without a reload: the words that are in use are fetched first, then everything is drawn anew. */
export async function setLanguage(next: Language): Promise<void> {
  const inUse = modulesThatSpeak.filter(isHere)
  await Promise.all([fetchFirst(next), ...inUse.map((module) => fetchWords(module, next))])
  await words.changeLanguage(next)
  document.documentElement.lang = next
  writePreference('language', next)
}

/** Whether a text exists in the module's own or the shell's words. The module's have to be there: see `useWords`. */
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
  await fetchFirst(language)
  document.documentElement.lang = language
}

/** Asks for the words of a module, once; resolves when they are there. Called early they arrive beside the code that speaks with them. */
export function fetchWords(module: string, language = words.language as Language | undefined): Promise<void> {
  const file = files[module]?.[language ?? '']
  if (!language || !file) return nothingToFetch
  const key = keyOf(module, language)
  const known = asked.get(key)
  if (known) return known
  const coming: Promise<void> = file().then(
    (texts) => {
      words.addResourceBundle(language, module, texts, true, true)
      here.add(key)
      hasCome(coming)
    },
    (error) => {
      // Whoever tries again asks again.
      asked.delete(key)
      throw error
    },
  )
  asked.set(key, coming)
  return coming
}

const words: i18n = i18next.createInstance()

type Texts = Record<string, unknown>
type Files = Readonly<Record<string, Readonly<Record<string, () => Promise<Texts>>>>>

/** By module and language. Those of pages for customers are spoken by the server alone. */
const files = byModule(
  import.meta.glob<Texts>(
    ['../modules/*/texts/*.json', '../platform/*/texts/*.json', '../../seeds/texts/*.json', '!../platform/pages/texts/*.json'],
    {
      import: 'default',
    },
  ),
)
/** Of each module only what its `screens/index.ts` names; vite.config.ts picks it. */
const labels = byModule(
  import.meta.glob<Texts>(['../modules/*/texts/*.json', '../platform/*/texts/*.json', '!../platform/pages/texts/*.json'], {
    import: 'default',
    query: '?labels',
  }),
)
const shell = byModule(import.meta.glob<Texts>('./texts/*.json', { import: 'default' }))

/** Every module that has words of its own, for pages that speak of whatever happens anywhere. */
export const modulesThatSpeak: readonly string[] = Object.keys(files)

/** React reads what has come without waiting for another turn where the promise says so itself. */
const hasCome = (coming: Promise<void>): Promise<void> => Object.assign(coming, { status: 'fulfilled', value: undefined })
const nothingToFetch = hasCome(Promise.resolve())
const asked = new Map<string, Promise<void>>()
const here = new Set<string>()
const keyOf = (module: string, language: string) => `${language} ${module}`
const isHere = (module: string): boolean => !(module in files) || here.has(keyOf(module, words.language))

async function fetchFirst(language: Language): Promise<void> {
  if (words.hasResourceBundle(language, 'ui')) return
  const first = Object.entries({ ...labels, ...shell })
  const read = await Promise.all(first.map(async ([module, of]) => [module, await of[language]?.()] as const))
  for (const [module, texts] of read) words.addResourceBundle(language, module, texts, true, false)
}

function byModule(found: Readonly<Record<string, () => Promise<Texts>>>): Files {
  const all: Record<string, Record<string, () => Promise<Texts>>> = {}
  for (const [path, file] of Object.entries(found)) {
    const language = /([\w-]+)\.json$/.exec(path)?.[1] ?? ''
    all[namespaceOf(path)] = { ...all[namespaceOf(path)], [language]: file }
  }
  return all
}

/** The folder that holds the texts is the module's name; the demo company's folder is called after what it holds. */
function namespaceOf(path: string): string {
  const folder = path.startsWith('./') ? 'ui' : path.split('/').at(-3)
  return folder === 'seeds' ? 'demo' : (folder ?? 'ui')
}
