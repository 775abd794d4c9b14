import type { RemedyKind } from '#modules/cases/public.ts'
import type { SeedDepartment, SeedStaff } from './cast.ts'
import { type Texts, texts } from './texts.ts'

/** Which department answers for what complaints are about, and who of it; null: whoever takes it. */
export const seedRoutes: readonly {
  readonly category: string
  readonly reason: string | null
  readonly department: SeedDepartment
  readonly person: SeedStaff | null
}[] = [
  { category: 'freight', reason: null, department: 'freight', person: 'department' },
  { category: 'product-quality', reason: null, department: 'freight', person: null },
  { category: 'contract', reason: null, department: 'sales', person: 'manager' },
  { category: 'contract', reason: 'delivery-time', department: 'freight', person: 'department' },
  { category: 'contract', reason: 'quantity', department: 'freight', person: 'department' },
  { category: 'service', reason: null, department: 'service', person: 'supervisor' },
]

/** What the company found to bring complaints about, below the fields that the product ships. */
export const seedCauses = {
  'thin-padding': ['method', texts('Too little padding in the box', '箱内填充太少', '箱內緩衝材太少')],
  'carrier-drops': ['partner', texts('Parcels dropped at the depot', '分拨中心野蛮装卸', '集散站摔包')],
  'carrier-late': ['partner', texts('Carrier late at the depot', '承运商到站晚点', '貨運到站延誤')],
  'promise-holidays': ['method', texts('Promised day forgets holidays', '承诺日期没算节假日', '承諾日期沒算假日')],
  picking: ['method', texts('Picked without a second look', '拣货没有复核', '揀貨沒有複核')],
  glaze: ['material', texts('Glaze of a kiln batch', '一窑釉料不稳', '一窯釉料不穩')],
  hinge: ['material', texts('Hinge or seal too weak', '扣件或垫圈太弱', '扣件或墊圈太弱')],
  scale: ['measurement', texts('Scale not checked', '秤没有校准', '秤沒有校正')],
  'price-list': ['information', texts('Price list or terms out of date', '价目或条款没更新', '價目或條款沒更新')],
  'page-wrong': ['information', texts('Product page says something else', '商品页写错', '商品頁寫錯')],
  storage: ['environment', texts('Stored next to strong smells', '与有味货物同放', '與有味貨物同放')],
  'not-trained': ['people', texts('Not trained yet', '还没培训', '還沒受訓')],
  tone: ['people', texts('Tone at the end of a long day', '忙到最后语气不好', '忙到最後語氣不好')],
} as const satisfies Readonly<Record<string, readonly [kind: string, called: Texts]>>
export type SeedCause = keyof typeof seedCauses

export interface SeedOffer {
  readonly kind: RemedyKind
  readonly names: Texts
  readonly defaultMinor: number
  readonly mostMinor: number | null
  readonly needsApproval: boolean
}
export const seedOffers = {
  exchange: offer('exchange', texts('Exchange with pick-up', '上门换货', '到府換貨'), 2_500, 15_000),
  refund: offer('refund', texts('Refund of what was paid', '退款', '退款'), 3_000, null),
  redelivery: offer('redelivery', texts('Express delivery of what is missing', '加急补发', '快遞補寄'), 1_500, 20_000),
  credit: offer('compensation', texts('Credit for the trouble', '补偿入账', '補償入帳'), 1_500, 40_000),
  discount: offer('discount', texts('Ten percent off the next order', '下一单九折', '下一筆九折'), 1_000, 10_000),
  sampler: { ...offer('goodwill', texts('Tasting sampler as a gift', '赠送试喝礼盒', '贈送試喝禮盒'), 1_050, 3_000), needsApproval: false },
} as const satisfies Readonly<Record<string, SeedOffer>>
export type SeedOfferKey = keyof typeof seedOffers

function offer(kind: RemedyKind, called: Texts, defaultMinor: number, mostMinor: number | null): SeedOffer {
  return { kind, names: called, defaultMinor, mostMinor, needsApproval: true }
}

/** Up to which amount supervisors decide, minor units; what is more, and what is gravest, is for executives. */
export const supervisorMostMinor = 30_000
export const seedAuthority = [
  { role: 'supervisor', mostMinor: supervisorMostMinor, tiers: null, gravest: 2 as const },
  { role: 'executive', mostMinor: null, tiers: null, gravest: 1 as const },
  { role: 'administrator', mostMinor: null, tiers: null, gravest: 1 as const },
]

/** What customers of a tier are promised, working minutes; the lowest tier keeps the baseline. */
export const seedTargets: Readonly<
  Record<string, { acknowledge: number; firstResponse: number; nextResponse: number; step: number; resolve: number }>
> = {
  platinum: { acknowledge: 30, firstResponse: 120, nextResponse: 240, step: 960, resolve: 3_600 },
  gold: { acknowledge: 60, firstResponse: 240, nextResponse: 480, step: 1_440, resolve: 4_800 },
  iron: { acknowledge: 240, firstResponse: 480, nextResponse: 960, step: 1_920, resolve: 7_200 },
}

const rate = (basisPoints: number) => ({ basisPoints, of: 'bonus' as const })
export const seedStaffRules = {
  losses: [
    { fromMinor: 0, direct: rate(0), head: rate(0) },
    { fromMinor: 5_000, direct: rate(500), head: rate(200) },
    { fromMinor: 30_000, direct: rate(1_000), head: rate(500) },
    { fromMinor: 200_000, direct: rate(2_000), head: rate(1_000) },
  ],
  delays: [
    { fromMinutes: 240, rate: rate(200) },
    { fromMinutes: 960, rate: rate(500) },
  ],
  mostBasisPoints: 2_000,
  points: { 'for-others': 10, 'value-created': 15, 'customer-kept': 20, prevented: 15, idea: 10, praised: 5, other: 5 },
}
