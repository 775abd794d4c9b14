import type { SeedDepartment, SeedStaff } from './cast.ts'
import type { SeedCause, SeedOfferKey } from './setup.ts'

/** What lies behind a reason of complaints in the demo company, in the words of its people. */
export interface SeedMatter {
  readonly department: SeedDepartment
  readonly dissatisfaction: 'slow-response' | 'inconvenient' | 'unreliable' | 'neglected' | 'unprofessional' | null
  readonly target: 'product' | 'department' | 'company' | 'person'
  readonly severity: 1 | 2 | 3 | 4
  readonly demand: 'exchange' | 'refund' | 'redelivery' | 'compensation' | 'apology' | 'correction' | 'explanation' | 'discount'
  readonly cause: SeedCause
  readonly whys: readonly string[]
  /** Null: an apology, an explanation or a correction, which costs only work. */
  readonly offer: SeedOfferKey | null
  readonly prevents: string
  readonly lesson: string
}

const matter = (
  department: SeedDepartment,
  of: Pick<SeedMatter, 'dissatisfaction' | 'target' | 'severity' | 'demand'>,
  cause: SeedCause,
  whys: readonly string[],
  offer: SeedOfferKey | null,
  prevents: string,
  lesson: string,
): SeedMatter => ({ department, ...of, cause, whys, offer, prevents, lesson })

const goods = { dissatisfaction: 'unreliable', target: 'product', severity: 3 } as const
const parcel = { dissatisfaction: 'unreliable', target: 'company', severity: 3 } as const
const person = { dissatisfaction: 'neglected', target: 'person', severity: 3, demand: 'apology' } as const

/** By category and reason. */
export const seedMatters: Readonly<Record<string, SeedMatter>> = {
  'product-quality/defect': matter(
    'freight',
    { ...goods, severity: 2, demand: 'exchange' },
    'glaze',
    ['The glaze peels where lid and pot touch', 'The kiln changed its glaze', 'Nobody looked at the first pieces of the batch'],
    'exchange',
    'First pieces of each kiln batch are boiled before they go on sale',
    'A new batch is a new product until somebody has tried it.',
  ),
  'product-quality/specification-mismatch': matter(
    'freight',
    { ...goods, demand: 'refund' },
    'page-wrong',
    ['The page still described last year’s leaf'],
    'refund',
    'Purchasing sends the picture of each harvest to whoever writes the pages',
    'What the page says is part of what we sell.',
  ),
  'product-quality/out-of-tolerance': matter(
    'freight',
    { ...goods, demand: 'refund' },
    'scale',
    ['The scale was 30 g off', 'It was checked last in spring'],
    'refund',
    'The scale is checked on the first of each month',
    'A scale that nobody checks is a guess.',
  ),
  'product-quality/failure': matter(
    'freight',
    { ...goods, severity: 2, demand: 'exchange' },
    'hinge',
    ['The seal hardens with heat', 'The supplier saved on the seal'],
    'exchange',
    'Seals are asked for in the order to the supplier',
    'The cheapest part decides how long the whole lasts.',
  ),
  'contract/quantity': matter(
    'freight',
    { ...parcel, demand: 'redelivery' },
    'picking',
    ['One carton stayed in the rack', 'Picked and packed by the same person'],
    'redelivery',
    'Orders above ten pieces are counted by a second person',
    'Who picks does not count.',
  ),
  'contract/grade': matter(
    'sales',
    { ...parcel, severity: 2, demand: 'compensation' },
    'price-list',
    ['The order named a grade that was sold out', 'The list still offered it'],
    'credit',
    'Grades that are sold out leave the list the same day',
    'A list is a promise.',
  ),
  'contract/specification': matter(
    'sales',
    { ...parcel, demand: 'redelivery' },
    'picking',
    ['The note about labels was on page two'],
    'redelivery',
    'Wishes about labels stand on the picking list',
    'What is agreed has to reach the hands that pack.',
  ),
  'contract/delivery-time': matter(
    'freight',
    { dissatisfaction: 'slow-response', target: 'company', severity: 3, demand: 'compensation' },
    'carrier-late',
    ['The lorry missed the evening run', 'It leaves our yard after five', 'The last orders are packed at half past four'],
    'credit',
    'Orders until noon leave the same day, later ones the next',
    'Promise the day that we keep, not the one that pleases.',
  ),
  'contract/delivery-place': matter(
    'sales',
    { ...parcel, demand: 'compensation' },
    'price-list',
    ['The carrier had the old address terms'],
    'credit',
    'Terms of delivery go to the carrier with each order',
    'The carrier only knows what we tell them.',
  ),
  'contract/settlement': matter(
    'sales',
    { dissatisfaction: 'unprofessional', target: 'department', severity: 4, demand: 'correction' },
    'price-list',
    ['The discount ended in the list, not in the contract'],
    null,
    'Bills of trade customers are compared with the contract',
    'A wrong bill costs more trust than money.',
  ),
  'contract/trade-terms': matter(
    'sales',
    { ...parcel, severity: 4, demand: 'correction' },
    'price-list',
    ['Freight is added unless somebody takes it out'],
    null,
    'Free to door is set with the customer, not with each order',
    'What is the rule must not depend on memory.',
  ),
  'freight/damage': matter(
    'freight',
    { ...goods, demand: 'exchange' },
    'thin-padding',
    ['The parcel fell from a belt', 'The box gave no room to fall', 'Padding was thinned to save space'],
    'exchange',
    'Ware goes into double boxes with corners',
    'A parcel will fall; pack for that.',
  ),
  'freight/loss': matter(
    'freight',
    { ...parcel, severity: 2, demand: 'refund' },
    'carrier-drops',
    ['The label came off', 'Only one label on each parcel'],
    'refund',
    'Two labels on each parcel',
    'What has no name is lost.',
  ),
  'freight/deterioration': matter(
    'freight',
    { ...goods, demand: 'exchange' },
    'storage',
    ['The cakes stood beside coffee', 'The depot knows no rule for tea'],
    'exchange',
    'Tea travels in sealed inner bags',
    'Tea remembers where it stood.',
  ),
  'freight/packing-handling': matter(
    'freight',
    { ...goods, severity: 4, demand: 'discount' },
    'thin-padding',
    ['Padding was out, and the line went on'],
    'discount',
    'The line stops when padding is out',
    'No padding, no parcel.',
  ),
  'service/quality': matter(
    'service',
    { ...person, target: 'department', dissatisfaction: 'slow-response', demand: 'explanation' },
    'not-trained',
    ['The call was noted on paper', 'The paper stayed at the till'],
    null,
    'Calls that are promised stand in somebody’s day',
    'A promise without a day is none.',
  ),
  'service/attitude': matter(
    'service',
    person,
    'tone',
    ['Forty calls on that day', 'No break since noon'],
    'sampler',
    'A second person takes calls on the days after a holiday',
    'The last call of the day is the first of that customer.',
  ),
  'service/manner': matter(
    'service',
    person,
    'tone',
    ['The line was full, and the call was cut short'],
    'sampler',
    'Nobody ends a call before the customer does',
    'Who ends the call decides how it is remembered.',
  ),
  'service/skill': matter(
    'service',
    { ...person, target: 'department', severity: 4, demand: 'explanation' },
    'not-trained',
    ['The new colleague had not brewed the set'],
    null,
    'Everybody brews each new set once',
    'One cannot explain what one has not done.',
  ),
}

/** Who looks for the cause and proposes in a department. */
export const finderOf: Readonly<Record<SeedDepartment, SeedStaff>> = { freight: 'department', sales: 'manager', service: 'supervisor' }
