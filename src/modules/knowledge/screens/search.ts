import { call } from '#ui/client.ts'
import { readPreference } from '#ui/preferences.ts'
import type { PaletteSearch } from '#ui/screens.ts'
import { knowledgeApi } from '../api.ts'
import { type Language, textIn } from '../domain/texts.ts'

/** Articles for the palette. */
export const searchArticles: PaletteSearch = async (query, signal) => {
  const { items } = await call(knowledgeApi.articles, { q: query, limit: 5 }, { signal })
  const language = readPreference<Language>('language', 'en')
  return items.map(({ id, title }) => ({ id, title: textIn(title, language), to: `/knowledge/${id}` }))
}
