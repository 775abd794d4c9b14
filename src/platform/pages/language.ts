/** The languages that pages for customers speak. */
export const languages = ['en', 'zh-CN', 'zh-TW'] as const
export type Language = (typeof languages)[number]

/** Each by its own name, as its speakers look for it. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文', 'zh-TW': '繁體中文' }

export interface Wishes {
  /** What the address asks for (`?lang=`). */
  readonly asked: string | null
  /** What this browser was told to remember. */
  readonly remembered: string | null
  /** The header Accept-Language. */
  readonly accepted: string | null
  /** The company's own, where nothing else is known. */
  readonly usual: Language
}

/** In which language to speak: as the address asks, else as it was remembered, else what the browser likes best of ours, else the company's own. */
export function languageOf({ asked, remembered, accepted, usual }: Wishes): Language {
  return oneOf(asked) ?? oneOf(remembered) ?? bestOf(accepted ?? '', usual) ?? usual
}

/** The language that is called so exactly, or null. */
export const oneOf = (text: string | null): Language | null => languages.find((one) => one.toLowerCase() === text?.toLowerCase()) ?? null

/** The most wanted of ours in an Accept-Language header (RFC 9110 §12.5.4); of two wanted alike the one that stands first. */
function bestOf(header: string, usual: Language): Language | null {
  const wanted = header
    .slice(0, 1000)
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.trim().split(/\s*;\s*/)
      const quality = parameters.flatMap((parameter) => /^q=(\d(?:\.\d{0,3})?)$/i.exec(parameter)?.[1] ?? [])[0]
      return { language: range === '*' ? usual : ours(range), quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ language, quality }) => language !== null && quality > 0)
  return wanted.toSorted((a, b) => b.quality - a.quality)[0]?.language ?? null
}

/** Which of ours speaks to whoever wants this one: script before region, and without either what most people write. */
function ours(range: string): Language | null {
  const [base, ...rest] = range.toLowerCase().split('-')
  if (base === 'en') return 'en'
  // Some systems name the spoken languages on their own; both are written in the script of the region.
  if (base !== 'zh' && base !== 'cmn' && base !== 'yue') return null
  if (rest.includes('hans')) return 'zh-CN'
  if (rest.includes('hant') || rest.some((part) => ['tw', 'hk', 'mo'].includes(part)) || (base === 'yue' && rest.length === 0))
    return 'zh-TW'
  return 'zh-CN'
}
