import { type Language, languages, type Texts, textIn } from './texts.ts'

/**
 * What an article is. 'guide': the actions at the desk in their order (G-19). 'conduct': how we deal with people (G-27). 'policy': what customers may read (G-12). 'credo': what we stand for (K-08, N-10).
 * 'prevention' and 'inspection': checklists that are gone through. 'case': a story to learn from. 'article': everything else.
 */
export const articleKinds = ['article', 'guide', 'conduct', 'policy', 'prevention', 'credo', 'inspection', 'case'] as const
export type ArticleKind = (typeof articleKinds)[number]

/** What a kind has besides its text: steps in their order, rules, things to look at. */
export const hasItems = (kind: ArticleKind): boolean => kind !== 'article' && kind !== 'policy' && kind !== 'case'
/** Kinds that are gone through, point by point. */
export const isChecklist = (kind: ArticleKind): boolean => kind === 'prevention' || kind === 'inspection'

export interface Item {
  readonly key: string
  readonly title: Texts
  readonly hint: Texts
}

export interface Content {
  readonly title: Texts
  readonly body: Texts
  readonly items: readonly Item[]
}

/** What somebody reads of an article in a language. */
export interface Shown {
  readonly title: string
  readonly body: string
  readonly items: readonly { readonly key: string; readonly title: string; readonly hint: string }[]
}

export const shownIn = ({ title, body, items }: Content, language: Language): Shown => ({
  title: textIn(title, language),
  body: textIn(body, language),
  items: items.map((item) => ({ key: item.key, title: textIn(item.title, language), hint: textIn(item.hint, language) })),
})

/** In which languages the whole of it can be read. */
export const wholeLanguages = ({ title, body, items }: Content): readonly Language[] =>
  languages.filter(
    (language) =>
      title[language].trim() !== '' &&
      (body[language].trim() !== '' || Object.values(body).every((text) => text.trim() === '')) &&
      items.every((item) => item.title[language].trim() !== ''),
  )

/** What is wrong with an article that is to be published; the place is that of the contract. */
export function contentProblems(kind: ArticleKind, content: Content): { readonly field: string; readonly reason: string }[] {
  const keys = content.items.map(({ key }) => key)
  return [
    ...(wholeLanguages(content).length === 0 ? [{ field: 'title', reason: 'whole-in-no-language' }] : []),
    ...(hasItems(kind) && keys.length === 0 ? [{ field: 'items', reason: 'items-needed' }] : []),
    ...keys.flatMap((key, i) => (keys.indexOf(key) < i ? [{ field: `items[${i}].key`, reason: 'taken-twice' }] : [])),
  ]
}

/** Each point of a checklist gets 0 (not at all) … `best`, or null where it does not apply. */
export const bestScore = 5
export interface ItemScore {
  readonly key: string
  readonly score: number | null
  readonly note: string | null
}

/** The result of a check: points given of points that could be given, 0…1, over what applies; null where nothing does. */
export function checkResult(scores: readonly Pick<ItemScore, 'score'>[]): number | null {
  const given = scores.flatMap(({ score }) => (score === null ? [] : [score]))
  return given.length === 0 ? null : given.reduce((sum, score) => sum + score, 0) / (given.length * bestScore)
}

/** Whether every point of a list was looked at once and no other. */
export function scoresFit(items: readonly Pick<Item, 'key'>[], scores: readonly Pick<ItemScore, 'key'>[]): boolean {
  const wanted = items.map(({ key }) => key).toSorted()
  return JSON.stringify(wanted) === JSON.stringify(scores.map(({ key }) => key).toSorted())
}
