/** What the lists of customers are asked while they are measured. */

export const sorts = ['name', 'lifetime-value', 'profit', 'revenue', 'last-order', 'created'] as const

export type ListWords = Readonly<Record<string, string | number | boolean>>

export const list = (query: ListWords, pages = 1) => ({
  path: `/customers?${new URLSearchParams(Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])))}`,
  pages,
})

/** Each named sort in both directions, some pages deep. */
export const sorted = (pages: number) =>
  sorts.flatMap((sort) => ['ascending', 'descending'].map((direction) => list({ sort, direction }, pages)))

/** Each text in the palette, in the list by lifetime value and in the list by name. */
export const search = (words: readonly string[]) =>
  words.flatMap((q) => [{ path: `/customers/search?q=${encodeURIComponent(q)}` }, list({ q }), list({ q, sort: 'name' })])

export const words = {
  oneCharacter: ['王', '李', '陳', '张', '吳', '敏', '涛'],
  twoCharacters: ['王伟', '志明', '陳怡', '雨桐', '上海', '听雨'],
  pinyin: ['wang', 'zhangwei', 'lx', 'chen', 'zhiming', 'wangjing'],
  beginnings: ['a', 'an', 'ber', 'hartmann', 'ada ber', 'linden', 'c12345', 'CUS-00000123'],
} as const

/** The usual filters; `high` is a lifetime value that one in ten exceeds. */
export const filters = (high: number): readonly ListWords[] => [
  { tier: 'platinum' },
  { tier: 'platinum,gold', sort: 'profit' },
  { tier: 'lead', sort: 'profit', direction: 'ascending' },
  { valueLabel: 'high' },
  { valueLabel: 'low' },
  { valueLabel: 'high', activity: 'asleep' },
  { tier: 'platinum', activity: 'asleep', sort: 'last-order' },
  { tier: 'gold', sort: 'name' },
  { activity: 'new', sort: 'last-order' },
  { activity: 'none' },
  { city: '上海' },
  { city: '台北', sort: 'name' },
  { city: 'London', tier: 'gold' },
  { city: 'London', sort: 'last-order' },
  { kind: 'company' },
  { kind: 'company', tier: 'platinum' },
  { tag: 'vip' },
  { tag: 'vip', tier: 'gold' },
  { tag: 'vip', tier: 'platinum', sort: 'revenue' },
  { tag: 'vip', sort: 'name' },
  { lastOrderFrom: '2025-06-01', sort: 'last-order' },
  { lastOrderFrom: '2025-06-01' },
  { lastOrderTo: '2024-01-01', tier: 'gold' },
  { lastOrderFrom: '2024-01-01', lastOrderTo: '2024-01-31', sort: 'lifetime-value' },
  { lifetimeValueFrom: high },
  { lifetimeValueFrom: high, activity: 'asleep' },
  { lifetimeValueFrom: high, sort: 'name' },
  { profitFrom: high, sort: 'last-order' },
  { segment: 'champions' },
  { recencyScore: 5, frequencyScore: 5, monetaryScore: 5 },
  { recencyScore: 1, frequencyScore: 5 },
  { tier: 'platinum', q: '王' },
  { city: '上海', q: 'wang' },
  { kind: 'company', q: 'Linden' },
]
