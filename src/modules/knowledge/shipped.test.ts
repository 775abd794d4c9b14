import { Converter } from 'opencc-js'
import { describe, expect, test } from 'vitest'
import { contentProblems, wholeLanguages } from './domain/article.ts'
import { blocksOf } from './domain/prose.ts'
import { shippedArticles } from './domain/shipped/articles.ts'
import { shippedTemplates } from './domain/shipped/letters.ts'
import { shippedTechniques } from './domain/shipped/techniques.ts'
import { shippedPhrases } from './domain/shipped-phrases.ts'
import { type Language, languages, type Texts } from './domain/texts.ts'

/** Every text that the product brings along, in a language. */
function all(language: Language): readonly { readonly where: string; readonly text: string }[] {
  const of = (where: string, ...texts: readonly Texts[]) => texts.map((one) => ({ where, text: one[language] }))
  return [
    ...shippedTechniques.flatMap(({ key, name, body, points }) =>
      of(key!, name, body, ...points.flatMap(({ title, hint }) => [title, hint])),
    ),
    ...shippedArticles.flatMap(({ key, content }) =>
      of(key, content.title, content.body, ...content.items.flatMap(({ title, hint }) => [title, hint])),
    ),
    ...shippedTemplates.flatMap(({ key, name, texts }) => [
      ...of(key, name),
      { where: key, text: `${texts[language].subject}\n${texts[language].body}`.replaceAll(/\{\{[^}]*\}\}/g, '') },
    ]),
    ...shippedPhrases
      .filter((rule) => rule.language === language)
      .flatMap(({ key, parts, proposals }) => [...parts.flat(), ...proposals].map((text) => ({ where: key, text }))),
  ]
}

describe('what the product brings along', () => {
  test.each([
    ['zh-CN', Converter({ from: 't', to: 'cn' })],
    ['zh-TW', Converter({ from: 'cn', to: 'tw' })],
  ] as const)('%s is written in its own script', (language, convert) => {
    const allowed = ['占', '只', '折']
    const wrong = all(language).flatMap(({ where, text }) => {
      const plain = [...allowed.reduce((rest, word) => rest.replaceAll(word, '·'), text)]
      const converted = [...convert(plain.join(''))]
      const found = plain.filter((character, at) => character !== converted[at]).join('')
      return found === '' ? [] : [`${where}: ${found}`]
    })
    expect(wrong).toEqual([])
    expect(all(language).length).toBeGreaterThan(150)
  })
  test('Taiwan speaks its own words', () => {
    const mainland = /質量|信息|默認|網絡|視頻|投訴|軟件|屏幕|用戶|文件夾/
    expect(all('zh-TW').filter(({ text }) => mainland.test(text))).toEqual([])
  })
  test.each(shippedArticles)('$key is whole in every language and could be published', ({ kind, content }) => {
    expect(wholeLanguages(content)).toEqual(languages)
    expect(contentProblems(kind, content)).toEqual([])
  })
  test('each has an id and a key of its own', () => {
    for (const list of [shippedTechniques, shippedTemplates, shippedArticles]) {
      expect(new Set(list.map(({ id }) => id)).size).toBe(list.length)
      expect(new Set(list.map(({ key }) => key)).size).toBe(list.length)
    }
  })
  test('the policy is a page with headings and lists', () => {
    const policy = shippedArticles.find(({ kind }) => kind === 'policy')!
    for (const language of languages) {
      const kinds = blocksOf(policy.content.body[language]).map(({ kind }) => kind)
      expect(kinds.filter((kind) => kind === 'heading')).toHaveLength(4)
      expect(kinds.filter((kind) => kind === 'list')).toHaveLength(4)
    }
  })
})

test('a text becomes headings, lists and paragraphs, and nothing else', () => {
  expect(blocksOf('## A\nb\nc\n\n- d\n- e\nf\n\n<b>g</b>\r\n- h')).toEqual([
    { kind: 'heading', text: 'A' },
    { kind: 'paragraph', lines: ['b', 'c'] },
    { kind: 'list', entries: ['d', 'e'] },
    { kind: 'paragraph', lines: ['f'] },
    { kind: 'paragraph', lines: ['<b>g</b>'] },
    { kind: 'list', entries: ['h'] },
  ])
  expect(blocksOf('\n \n')).toEqual([])
})
