import { catalogue } from './catalogue.ts'
import type { SeedCompany, SeedLine } from './company.ts'
import type { SeedDeliveries, SeedDelivery } from './deliveries.ts'

/** A file of the demo company as a shop system would export it. `importer` is the kind of import that takes it. */
export interface SeedFile {
  readonly importer: 'customers' | 'products' | 'orders' | 'spend'
  readonly name: string
  readonly content: string
}

/** The company's books as CSV files, in the order in which they are imported. Amounts are written in whole units of a currency with so many decimals. */
export function companyFiles(company: SeedCompany, { byOrder }: Pick<SeedDeliveries, 'byOrder'>, decimals: number): SeedFile[] {
  const money = (minor: number) => (minor / 10 ** decimals).toFixed(decimals)
  const customerRows = company.customers.map((c) => [
    c.id,
    c.kind,
    c.name,
    c.givenName,
    c.familyName,
    c.email,
    c.phone,
    c.city,
    c.country,
    c.language,
    c.birthday,
    c.occupation,
    c.interests,
    c.tags,
  ])
  const orderRows = company.lines.map((line) => [
    line.order,
    line.customer,
    line.day,
    line.product.code,
    line.product.name,
    line.product.category,
    String(line.quantity),
    money(line.product.priceMinor),
    line.discountMinor === 0 ? '' : money(line.discountMinor),
    line.channel,
    line.campaign,
    ...deliveryCells(line, byOrder.get(line.order)),
  ])
  return [
    { importer: 'customers', name: 'customers.csv', content: csv(customerHeaders, customerRows) },
    {
      importer: 'products',
      name: 'products.csv',
      content: csv(
        ['Product code', 'Product name', 'Category', 'Unit cost'],
        catalogue.map((p) => [p.code, p.name, p.category, money(p.costMinor)]),
      ),
    },
    { importer: 'orders', name: 'orders.csv', content: csv(orderHeaders, orderRows) },
    {
      importer: 'spend',
      name: 'spend.csv',
      content: csv(
        ['Campaign', 'Segment', 'Purpose', 'First day', 'Last day', 'Amount'],
        company.spend.map((s) => [s.campaign, s.segment, s.purpose, s.firstDay, s.lastDay, money(s.amountMinor)]),
      ),
    },
  ]
}

const customerHeaders = [
  'Customer ID',
  'Customer type',
  'Name',
  'First name',
  'Last name',
  'Email',
  'Phone',
  'City',
  'Country',
  'Language',
  'Birthday',
  'Occupation',
  'Interests',
  'Tags',
]
const orderHeaders = [
  'Order number',
  'Customer ID',
  'Order date',
  'Product code',
  'Product name',
  'Category',
  'Quantity',
  'Unit price',
  'Discount',
  'Channel',
  'Campaign',
  'Promised delivery day',
  'Delivered day',
  'Delivered quantity',
  'Delivery place',
  'Settlement method',
  'Trade terms',
  'Payment method',
  'Grade',
  'Delivered grade',
]

/** How much came is only counted for those who sign for it: where something is missing, and where a grade was agreed. */
function deliveryCells(line: SeedLine, delivery: SeedDelivery | undefined): string[] {
  if (!delivery || line.quantity < 0) return Array(9).fill('')
  const isTea = line.product.code.startsWith('TEA')
  const counted = delivery.deliveredDay !== '' && delivery.settlement !== ''
  return [
    delivery.promisedDay,
    delivery.deliveredDay,
    counted ? String(line.quantity - (line.product.code === delivery.missing ? 1 : 0)) : '',
    delivery.deliveryPlace,
    delivery.settlement,
    delivery.tradeTerms,
    delivery.payment,
    isTea ? delivery.grade : '',
    isTea && delivery.deliveredDay !== '' ? delivery.deliveredGrade : '',
  ]
}

const csv = (headers: readonly string[], rows: readonly (readonly string[])[]): string =>
  [headers, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
