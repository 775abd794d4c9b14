import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PhraseRule, phraseHints, phraseRuleProblems, rewritten } from './phrases.ts'
import { shippedPhrases } from './shipped-phrases.ts'
import { type Language, languages } from './texts.ts'

const found = (text: string, language: Language) =>
  phraseHints(text, language, shippedPhrases).map(
    ({ start, end, kind, proposals }) => `${kind}: ${text.slice(start, end)} → ${proposals[0]}`,
  )

describe('the shipped rules', () => {
  test.each([
    ['是的，但是我们不负责', 'zh-CN', 'contradiction: 是的，但是 → 是…而…'],
    ['您说得对，这件衣服是有点厚，可是保暖', 'zh-CN', 'contradiction: 您说得对，这件衣服是有点厚，可是 → 是…而…'],
    ['但是我们已经发货了', 'zh-CN', 'contradiction: 但是 → 而'],
    ['是的，但是我們不負責', 'zh-TW', 'contradiction: 是的，但是 → 是…而…'],
    ['對，不過那是規格', 'zh-TW', 'contradiction: 對，不過 → 是…而…'],
    ['Yes, but that is not on the list', 'en', 'contradiction: Yes, but → yes, and'],
    ['I understand that you waited; however, …', 'en', null],
    ['You’re right about the colour, however the size fits', 'en', 'contradiction: You’re right about the colour, however → yes, and'],
    ['That is your fault', 'en', 'blame: your fault → let us look at it together'],
    ['This NEVER happens', 'en', 'absolute: NEVER → so far'],
    ['这是规定', 'zh-CN', 'brush-off: 这是规定 → 我可以为您做的是'],
    ['您誤會了', 'zh-TW', 'argument: 您誤會了 → 可能是我沒有說清楚'],
  ] as const)('%s', (text, language, hint) => expect(found(text, language)).toEqual(hint === null ? [] : [hint]))
  test('what is said well stays alone', () => {
    expect(found('Yes, and we send you a new one tomorrow', 'en')).toEqual([])
    expect(found('是的，而我们明天就给您换', 'zh-CN')).toEqual([])
    expect(found('It is nevertheless fine, rebut', 'en')).toEqual([])
    expect(found('Yes. The shop opens at nine. But come earlier', 'en')).toEqual([])
  })
  test('a language is asked only for its own', () => expect(found('Yes, but', 'zh-CN')).toEqual([]))
  test('each has a key of its own and says something', () => {
    expect(phraseRuleProblems(shippedPhrases)).toEqual([])
    for (const language of languages) expect(shippedPhrases.filter((rule) => rule.language === language).length).toBeGreaterThanOrEqual(5)
    for (const { proposals } of shippedPhrases) expect(proposals.length).toBeGreaterThan(0)
  })
})

describe('a proposal takes the place of what is better not said', () => {
  test.each([
    ['Yes, I see, but it is late', 'en', 0, 'Yes, I see, and it is late'],
    ['Yes, but we are closed', 'en', 1, 'Yes, unless we are closed'],
    ['是的，您的包裹晚到了，但是会送到', 'zh-CN', 0, '是的，您的包裹晚到了，而会送到'],
    ['是的，但是要付定金', 'zh-CN', 1, '是的，除非要付定金'],
    ['Your fault, I am afraid', 'en', 0, 'Let us look at it together, I am afraid'],
    ['但是我們已經出貨了', 'zh-TW', 1, '同時我們已經出貨了'],
    ['That is out of the question.', 'en', 2, 'That is what I can do is.'],
  ] as const)('%s', (text, language, proposal, better) => {
    const [hint] = phraseHints(text, language, shippedPhrases)
    expect(rewritten(text, hint!, hint!.proposals[proposal]!)).toBe(better)
  })
})

test('rules that somebody writes are looked at', () => {
  const [rule] = shippedPhrases
  expect(phraseRuleProblems([rule!, { ...rule!, parts: [[' ']] }])).toEqual([
    { field: 'rules[1].key', reason: 'taken-twice' },
    { field: 'rules[1].parts[0]', reason: 'required' },
  ])
})

describe('whatever the text and the rules', () => {
  const word = fc.constantFrom('yes', 'but', 'no', '是的', '但是', '但', 'a', "it's", ' ')
  const rules = fc.array(
    fc.record({
      key: fc.uuid(),
      language: fc.constantFrom(...languages),
      kind: fc.constantFrom('contradiction', 'blame') as fc.Arbitrary<PhraseRule['kind']>,
      parts: fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      gap: fc.integer({ min: 0, max: 12 }),
      proposals: fc.array(fc.string(), { maxLength: 2 }),
    }),
    { maxLength: 6 },
  )
  const text = fc
    .array(fc.oneof(word, fc.constantFrom('，', ', ', '.', '\n', 'İ', '’', '🙂'), fc.string({ maxLength: 4 })), { maxLength: 30 })
    .map((parts) => parts.join(''))
  test('hints stand in their order, do not overlap, and begin with a word of their rule', () => {
    fc.assert(
      fc.property(text, rules, fc.constantFrom(...languages), (written, given, language) => {
        const hints = phraseHints(written, language, given)
        let last = 0
        for (const { start, lastStart, end, rule } of hints) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(written.length)
          expect(lastStart).toBeGreaterThanOrEqual(start)
          expect(lastStart).toBeLessThan(end)
          last = end
          const own = given.find(({ key }) => key === rule)!
          expect(own.language).toBe(language)
          const begins = written.slice(start, end).toLowerCase().replaceAll('’', "'")
          expect(own.parts[0]!.some((one) => begins.startsWith(one.trim().toLowerCase()))).toBe(true)
        }
      }),
    )
  })
  test('a sentence with 是的 and 但是 close together is always found', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\u4e00-\u9fff]{0,10}$/),
        fc.stringMatching(/^[，、]?[\u4e00-\u9fff]{0,8}[，、]?$/),
        (before, between) => {
          const written = `${before}是的${between}但是。`
          expect(phraseHints(written, 'zh-CN', shippedPhrases).some(({ start, end }) => written.slice(start, end).includes('但'))).toBe(
            true,
          )
        },
      ),
    )
  })
  test('a very long text is looked at quickly', () => {
    const began = performance.now()
    phraseHints('是的，但是 yes but '.repeat(20_000), 'zh-CN', shippedPhrases)
    expect(performance.now() - began).toBeLessThan(1000)
  })
})
