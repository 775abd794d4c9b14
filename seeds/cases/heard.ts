import { later } from '../hours.ts'
import { type SeedStaff, saidIn } from './cast.ts'
import type { SeedCase } from './story.ts'
import { type Texts, texts } from './texts.ts'

interface SaidAndDone {
  readonly said: Texts
  readonly done: Texts
}

/** What many complained of, and what was done about it. */
const complainedOf: readonly (SaidAndDone & { readonly category: string; readonly reason: string })[] = [
  {
    category: 'freight',
    reason: 'damage',
    said: texts('Ware arrived dented or in pieces.', '茶具运到时磕瘪了，或者碎了。', '茶具送到時碰凹了，或者碎了。'),
    done: texts(
      'All ware travels in double boxes with corners now, and once a week we drop a packed box from one metre.',
      '现在茶具一律用带护角的双层箱，每周我们都从一米高处摔一次打好包的箱子。',
      '現在茶具一律用帶護角的雙層箱，每週我們都從一公尺高處摔一次打包好的箱子。',
    ),
  },
  {
    category: 'contract',
    reason: 'delivery-time',
    said: texts('Parcels came later than the day that we had promised.', '包裹比我们答应的日子来得晚。', '包裹比我們答應的日子來得晚。'),
    done: texts(
      'What is ordered after noon is promised for one day later, and the carrier comes at half past five.',
      '中午以后下的单，我们承诺的日子顺延一天；承运商改在五点半来取货。',
      '中午以後下的單，我們承諾的日子順延一天；貨運改在五點半來取貨。',
    ),
  },
]

/** What was done about suggestions, in the order in which customers of each language make them. */
const doneAbout: readonly Texts[] = [
  texts('Refill bags stand beside every tin.', '每款茶罐旁边都有补充装。', '每款茶罐旁邊都有補充包。'),
  texts('Every label says how long and how hot.', '每张标签都写明水温和时间。', '每張標籤都寫明水溫和時間。'),
  texts('A box with three oolongs is in the shop.', '三款乌龙的试喝盒已经上架。', '三款烏龍的試喝盒已經上架。'),
  texts('On Thursdays we hand out orders until nine.', '每周四自提延长到晚上九点。', '每週四自取延長到晚上九點。'),
  texts('Boxes are closed with one strip of paper tape.', '每个箱子只用一条纸胶带。', '每個箱子只用一條紙膠帶。'),
  texts('We taste online on the first Sunday of the month.', '每月第一个星期日线上品茶。', '每月第一個星期日線上品茶。'),
  texts('Stamps are kept with your account; no card is needed.', '积点记在账户里，不用再带卡。', '集點記在帳戶裡，不必再帶卡。'),
  texts('A decaffeinated black tea came with the autumn list.', '秋季茶单里有了低咖啡因红茶。', '秋季茶單裡有了低咖啡因紅茶。'),
]

export interface SeedPublication extends SaidAndDone {
  /** The cases behind it, each with when it came to it; the first is when it was published. */
  readonly cases: readonly { readonly key: string; readonly at: Date }[]
}

/** What the company has said publicly until now, each with those whose words led to it. */
export function demoPublications(cases: readonly SeedCase[], now: Date): readonly SeedPublication[] {
  const own = ['en', 'zh-CN', 'zh-TW'].map((language) => saidIn(language).suggestions.map(([subject]) => subject))
  const suggestion = (n: number) => own.map((subjects) => subjects[n]!) as [string, string, string]
  const thanked = cases.filter(({ key, acts }) => !key.startsWith('open ') && acts.at(-1)?.event.kind === 'rewarded')
  const proven = cases.filter(({ kind, acts }) => kind === 'complaint' && acts.at(-1)?.event.kind === 'effectiveness-checked')
  const all = [
    ...complainedOf.map(({ category, reason, ...one }) => ({
      ...one,
      of: proven.filter(({ record }) => record.category === category && record.reason === reason).slice(-8),
    })),
    ...doneAbout.map((done, n) => ({
      said: texts(...suggestion(n)),
      done,
      of: thanked.filter(({ record }) => suggestion(n).includes(record.subject)),
    })),
  ]
  return all.flatMap(({ said, done, of }) => {
    const behind = of
      .map(({ key, acts }) => ({ key, at: later(acts.at(-1)!.at, 300) }))
      .filter(({ at }) => at < now)
      .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    return behind.length === 0 ? [] : [{ said, done, cases: behind }]
  })
}

/** Customers who advise the company, what they said the last time, and when they meet again. */
export const seedAdvisers = {
  name: 'Tea tasters',
  purpose: 'Shops and restaurants who try new teas before they are listed, and say what they miss.',
  owner: 'manager' as SeedStaff,
  members: 5,
  foundedDaysAgo: 300,
  metDaysAgo: 21,
  meetsInDays: 16,
  place: 'The tasting room',
  agenda: 'The autumn harvest; labels; what would make ordering easier',
  /** By whom of them, by place; whether a suggestion was made of it. */
  minutes: [
    { by: 0, text: 'Labels should say how long to brew, in big letters.', suggests: true },
    { by: 2, text: 'A standing order for the whole year would save calls.', suggests: true },
    { by: 3, text: 'The new white tea is liked; the tin is too small.', suggests: false },
  ],
} as const

/** Somebody who bought elsewhere is helped, and the maker pays for it. */
export const seedVisitor = {
  name: 'Robin Vale',
  email: 'robin.vale@example.com',
  subject: 'A kettle from another shop leaks',
  description: 'Bought last week in another shop, which is closed for the holidays. We took it back.',
  goods: { item: 'Iron kettle', rival: 'Another shop in town', supplier: 'Maker of iron kettles', valueMinor: 6_800 },
  answer: 'Here is your money; come and see our kettles when you like.',
  daysAgo: 19,
} as const

/** Who took a number in the shop lately: a customer by their place among those given, or a stranger. */
export const seedCounter = { name: 'Shop', prefix: 'T', came: [null, 0, null, 3, 1, null, null] } as const
