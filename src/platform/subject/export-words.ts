import type { Language } from '../pages/language.ts'
import en from './texts/en.json' with { type: 'json' }
import simplified from './texts/zh-CN.json' with { type: 'json' }
import traditional from './texts/zh-TW.json' with { type: 'json' }

type Words = typeof en
const texts: Readonly<Record<Language, Words>> = { en, 'zh-CN': simplified, 'zh-TW': traditional }

/** What a person's export calls its tables and columns for people. Programs read the names as they lie, which never follow a language. */
export interface ExportWords {
  readonly language: Language
  readonly page: Words['page']
  table(name: string): string
  column(name: string): string
}

export function exportWords(language: Language): ExportWords {
  const { page, table, column } = texts[language]
  return {
    language,
    page,
    table: (name) => (table as Readonly<Record<string, string>>)[name] ?? readable(name),
    column: (name) => (column as Readonly<Record<string, string>>)[name] ?? readable(name),
  }
}

const readable = (name: string) => name.replace(/[._]/g, ' ')
