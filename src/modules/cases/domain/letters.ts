/** Writing to customers: in which language, and with which words. What knowledge knows of words is used as it is. */
export { type PhraseRule, phraseHints, rewritten } from '#modules/knowledge/domain/phrases.ts'
export { type PointNotes, pointProblems, promisesIn, type Technique } from '#modules/knowledge/domain/technique.ts'
export type { TemplateValues } from '#modules/knowledge/domain/template.ts'
export { type Language, type Texts, textIn } from '#modules/knowledge/domain/texts.ts'

import type { Language } from '#modules/knowledge/domain/texts.ts'

/**
 * The language of letters that somebody's own words for a language mean: a tag (`zh-Hant-HK`, `en_GB`) or its name as people write it. Null where we write in none of that kind.
 *
 * @example letterLanguage('zh-HK') // => 'zh-TW'
 */
export function letterLanguage(said: string | null): Language | null {
  const plain = (said ?? '').trim().toLowerCase().replaceAll('_', '-')
  if (plain === '') return null
  if (/^(zh|cmn|yue)(-|$)/.test(plain)) return /hant|-tw|-hk|-mo|^yue/.test(plain) ? 'zh-TW' : 'zh-CN'
  if (/繁|正體|traditional|國語|粵/.test(plain)) return 'zh-TW'
  if (/中文|汉语|漢語|普通话|简|chinese|mandarin/.test(plain)) return 'zh-CN'
  return /^en(-|$)|english|英语|英語|英文/.test(plain) ? 'en' : null
}
