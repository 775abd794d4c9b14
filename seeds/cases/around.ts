import { seededRandom } from '#numerics/seeded-random.ts'
import type { SeedCompany } from '../company.ts'
import { dayLength } from '../hours.ts'
import { pick } from '../names.ts'
import type { SeedStaff } from './cast.ts'
import { curedDaysAgo } from './plan.ts'
import { between } from './story.ts'
import { type Texts, texts } from './texts.ts'

export interface SeedProblem {
  readonly title: string
  readonly description: string
  readonly category: string
  readonly reason: string
  readonly openedDaysAgo: number
  readonly owner: SeedStaff
  readonly actions: readonly {
    readonly text: string
    readonly owner: SeedStaff
    readonly doneDaysAgo: number | null
    readonly dueIn: number
  }[]
  readonly checks: readonly { readonly days: number; readonly verdict: 'effective' | 'too-early'; readonly note: string }[]
}

/** Two that the company fights: after the first it became quiet, after the second it did not. */
export const seedProblems: readonly SeedProblem[] = [
  {
    title: 'Ware arrives broken',
    description: 'Since padding was thinned, more than one parcel in a week arrives dented or in pieces.',
    category: 'freight',
    reason: 'damage',
    openedDaysAgo: curedDaysAgo.damage + 30,
    owner: 'department',
    actions: [
      { text: 'Double boxes with corners for all ware', owner: 'department', doneDaysAgo: curedDaysAgo.damage + 8, dueIn: 14 },
      { text: 'Drop a packed box from one metre, once a week', owner: 'supervisor', doneDaysAgo: curedDaysAgo.damage, dueIn: 21 },
    ],
    checks: [
      { days: 30, verdict: 'effective', note: 'None in the month after' },
      { days: 60, verdict: 'effective', note: 'Still none' },
      { days: 90, verdict: 'effective', note: 'It stays quiet' },
    ],
  },
  {
    title: 'The promised day is not kept',
    description: 'The lorry misses the evening run when the last orders are packed late.',
    category: 'contract',
    reason: 'delivery-time',
    openedDaysAgo: curedDaysAgo.late + 25,
    owner: 'manager',
    actions: [
      { text: 'Orders after noon are promised for one day later', owner: 'manager', doneDaysAgo: curedDaysAgo.late + 6, dueIn: 10 },
      { text: 'The carrier comes at half past five', owner: 'department', doneDaysAgo: curedDaysAgo.late, dueIn: 20 },
    ],
    checks: [{ days: 30, verdict: 'too-early', note: 'Not fewer yet; the carrier has changed its plan only last week' }],
  },
]

export interface SeedBulletin {
  readonly kind: 'lesson' | 'recurrence' | 'said-done' | 'notice'
  readonly title: Texts
  readonly body: Texts
  readonly daysAgo: number
  readonly by: SeedStaff
  readonly readBy: readonly SeedStaff[]
}
export const seedBulletins: readonly SeedBulletin[] = [
  {
    kind: 'lesson',
    title: texts('A parcel will fall', '包裹一定会摔', '包裹一定會摔'),
    body: texts(
      'Ware goes into double boxes with corners from today on. Look at the box before you close it: can everything inside stay where it is?',
      '从今天起，茶具一律用带护角的双层箱。封箱前看一眼：里面的东西都不会动了吗？',
      '從今天起，茶具一律用帶護角的雙層箱。封箱前看一眼：裡面的東西都不會動了嗎？',
    ),
    daysAgo: curedDaysAgo.damage,
    by: 'department',
    readBy: ['agent', 'manager', 'supervisor', 'loyalty', 'executive'],
  },
  {
    kind: 'recurrence',
    title: texts('Late parcels have not become fewer', '迟到的包裹没有减少', '遲到的包裹沒有減少'),
    body: texts(
      'We thought that it was done. It is not. Until it is, tell customers the later day, and say so before they ask.',
      '本以为已经解决，其实没有。在解决之前，请按较晚的日期答复客户，并且在客户问之前就说。',
      '本以為已經解決，其實沒有。在解決之前，請按較晚的日期答覆客戶，並且在客戶問之前就說。',
    ),
    daysAgo: 9,
    by: 'manager',
    readBy: ['agent', 'department'],
  },
  {
    kind: 'said-done',
    title: texts('You asked for refill bags', '您说想要补充装', '您說想要補充包'),
    body: texts(
      'Six customers asked for refill bags. From this season on four teas come in them.',
      '有六位客户想要补充装，从这一季开始，四款茶有补充装。',
      '有六位客戶想要補充包，從這一季開始，四款茶有補充包。',
    ),
    // Out now, so that everybody who came today has something to read.
    daysAgo: 0,
    by: 'loyalty',
    readBy: ['manager'],
  },
]

export const seedCourses = [
  {
    name: texts('Listening before answering', '先听再答', '先聽再答'),
    about: texts(
      'How to let somebody finish, and how to say back what was heard.',
      '怎样让对方把话说完，怎样把听到的复述一遍。',
      '怎樣讓對方把話說完，怎樣把聽到的重述一遍。',
    ),
    daysAgo: 160,
    doneBy: ['agent', 'loyalty', 'supervisor', 'manager'] as readonly SeedStaff[],
  },
  {
    name: texts('Packing ware', '茶具打包', '茶具打包'),
    about: texts('Double boxes, corners, and the fall from one metre.', '双层箱、护角和一米跌落测试。', '雙層箱、護角和一公尺落下測試。'),
    daysAgo: curedDaysAgo.damage,
    doneBy: ['department'] as readonly SeedStaff[],
  },
]

export interface SeedRecognition {
  readonly of: SeedStaff
  readonly by: SeedStaff
  readonly decidedBy: SeedStaff | null
  readonly act: 'for-others' | 'value-created' | 'customer-kept' | 'prevented' | 'idea' | 'praised'
  readonly reason: string
  readonly daysAgo: number
}
export const seedRecognitions: readonly SeedRecognition[] = [
  {
    of: 'agent',
    by: 'manager',
    decidedBy: 'supervisor',
    act: 'customer-kept',
    reason: 'Brought the missing tins to the shop in person',
    daysAgo: 150,
  },
  { of: 'department', by: 'agent', decidedBy: 'executive', act: 'prevented', reason: 'Stopped the line when padding was out', daysAgo: 98 },
  {
    of: 'loyalty',
    by: 'agent',
    decidedBy: 'supervisor',
    act: 'praised',
    reason: 'Three customers praised this in their letters',
    daysAgo: 64,
  },
  {
    of: 'agent',
    by: 'loyalty',
    decidedBy: 'supervisor',
    act: 'for-others',
    reason: 'Stayed with a new colleague through the first Saturday',
    daysAgo: 31,
  },
  {
    of: 'manager',
    by: 'supervisor',
    decidedBy: 'executive',
    act: 'value-created',
    reason: 'Turned a complaint into a standing order',
    daysAgo: 20,
  },
  { of: 'department', by: 'loyalty', decidedBy: null, act: 'idea', reason: 'Two labels on each parcel', daysAgo: 3 },
]

export interface SeedDesertion {
  readonly customer: string
  readonly leftOn: string
  readonly rival: string | null
  readonly reason: 'slow-response' | 'unreliable' | 'price' | 'product' | 'moved' | 'neglected' | 'no-need'
  readonly backOn: string | null
}

const silentDays = 150

/** Who of the demo's regular customers has stopped buying, with why, as somebody heard it. */
export function demoDesertions(
  seed: number,
  { customers, lines }: Pick<SeedCompany, 'customers' | 'lines'>,
  today: string,
): readonly SeedDesertion[] {
  const random = seededRandom(seed + 4)
  const days = new Map<string, string[]>()
  for (const { customer, day } of lines) days.set(customer, [...(days.get(customer) ?? []), day])
  const dayAfter = (day: string, n: number) => new Date(Date.parse(`${day}T00:00:00Z`) + n * dayLength).toISOString().slice(0, 10)
  const gone = customers.filter(({ id }) => {
    const own = days.get(id)?.toSorted() ?? []
    return own.length >= 5 && own.at(-1)! < dayAfter(today, -silentDays) && own.at(-1)! > dayAfter(today, -430)
  })
  return gone.slice(0, 24).map(({ id }) => {
    const leftOn = dayAfter(days.get(id)!.toSorted().at(-1)!, between(random, 20, 60))
    const reason = pick(random, [
      'slow-response',
      'unreliable',
      'unreliable',
      'price',
      'price',
      'price',
      'product',
      'moved',
      'neglected',
      'no-need',
    ] as const)
    const rival =
      reason === 'moved' || reason === 'no-need' ? null : pick(random, ['Quay Tea Store', 'Quay Tea Store', 'North Leaf', 'Supermarket'])
    return { customer: id, leftOn, rival, reason, backOn: random() < 0.2 ? dayAfter(leftOn, between(random, 30, 80)) : null }
  })
}

/** Points out of ten for each item of the sheet, by month ago; the agent grows, the others stay about where they are. */
export function selfAssessmentsOf(staff: SeedStaff, items: readonly string[], seed: number) {
  const random = seededRandom(seed + 5 + staff.length)
  const grows = staff === 'agent' ? 0.35 : 0.05
  return Array.from({ length: 8 }, (_, i) => ({
    monthsAgo: 8 - i,
    items: items.map((key) => ({ key, points: Math.min(10, Math.max(0, Math.round(6 + grows * i + 2 * (random() - 0.5)))) })),
  }))
}
