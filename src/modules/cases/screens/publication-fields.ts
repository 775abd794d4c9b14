import type { Field } from '#ui/form.tsx'
import type { Words } from '#ui/words.ts'
import { publicationLanguages, type TypedTexts } from '../domain/publication.ts'
import { type Typed, text } from './act-fields.tsx'

type Language = (typeof publicationLanguages)[number]

/** What was said and what was done, by language: the company’s first, which has to be there. */
export function publicationFields(t: Words, locale: Language): readonly Field<Typed>[] {
  const languages = [locale, ...publicationLanguages.filter((one) => one !== locale)]
  return languages.flatMap((language, at) =>
    (['said', 'done'] as const).map(
      (part): Field<Typed> => ({
        name: `texts.${language}.${part}`,
        kind: 'area',
        label: `${t(`publication.${part}`)} · ${t(`publication.language.${language}`)}`,
        required: at === 0,
        rows: 3,
        maxLength: 2000,
        ...(at === 0 && part === 'said' ? { help: t('publication.saidHelp') } : {}),
        ...(at === 1 && part === 'said' ? { help: t('publication.languageHelp') } : {}),
      }),
    ),
  )
}

export const typedOf = (texts: TypedTexts): Typed =>
  Object.fromEntries(
    publicationLanguages.flatMap((language) =>
      (['said', 'done'] as const).map((part) => [`texts.${language}.${part}`, texts[language]?.[part] ?? '']),
    ),
  )

/** As the contract wants it: a language in which nothing is written is none. */
export function textsOf(typed: Typed): TypedTexts {
  const of = (language: Language) => {
    const [said, done] = [text(typed[`texts.${language}.said`]), text(typed[`texts.${language}.done`])]
    return said === null && done === null ? null : { said: said ?? '', done: done ?? '' }
  }
  return { en: of('en'), 'zh-CN': of('zh-CN'), 'zh-TW': of('zh-TW') }
}
