import type { Language } from './language.ts'
import en from './texts/en.json' with { type: 'json' }
import simplified from './texts/zh-CN.json' with { type: 'json' }
import traditional from './texts/zh-TW.json' with { type: 'json' }

const own: Texts = { en, 'zh-CN': simplified, 'zh-TW': traditional }

/** The texts of a module by language, as its `texts/index.ts` hands them out. */
export type Texts = Readonly<Record<Language, object>>

export interface Words {
  /** The text of a key, `{{name}}` filled in; with a `count` the form that the language has for it. What the module lacks is looked up among the words of all pages. */
  (key: string, values?: Readonly<Record<string, string | number>>): string
  /** Whether there is such a text. */
  has(key: string): boolean
  readonly language: Language
}

/** The words of a module on pages for customers: `const t = wordsOf(texts, visit.language)`. */
export function wordsOf(texts: Texts, language: Language): Words {
  const textOf = (key: string, count: unknown): string | null => {
    const form = typeof count === 'number' ? `${key}_${new Intl.PluralRules(language).select(count)}` : null
    for (const all of [texts, own])
      for (const name of [form, key]) {
        const text = name === null ? null : textAt(all[language], name)
        if (text !== null) return text
      }
    return null
  }
  const words = (key: string, values: Readonly<Record<string, string | number>> = {}): string => {
    const text = textOf(key, values.count)
    if (text === null) throw new Error(`There is no text ${key} in ${language}`)
    return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => String(values[name] ?? ''))
  }
  return Object.assign(words, { has: (key: string) => textOf(key, undefined) !== null, language })
}

/** The words that all pages share. */
export const pageWords = (language: Language): Words => wordsOf(own, language)

function textAt(texts: object, key: string): string | null {
  let found: unknown = texts
  for (const part of key.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return null
    found = (found as Record<string, unknown>)[part]
  }
  return typeof found === 'string' ? found : null
}
