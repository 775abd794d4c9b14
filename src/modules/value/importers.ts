import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import { derivedId } from '#platform/identifier.ts'
import type { ImportRow, Item } from '#platform/imports/importer.ts'
import { rowImporter } from '#platform/imports/row-importer.ts'
import { minorOf, purposeOf, type SpendPurpose, segmentKey } from './domain/spend-row.ts'
import { minorPerMajor } from './runs/wishes.ts'
import { importSpend, type Spend, spendByIds, undoSpendImport } from './store/spend.ts'

/** One row of a file, its amount still as text: how many decimals there are says the organization's currency. */
interface SpendRow {
  readonly campaign: string | null
  readonly segment: string | null
  readonly purpose: SpendPurpose
  readonly firstDay: string
  readonly lastDay: string
  readonly amount: string
}

/** Spend by campaign, segment and period. The same file twice changes nothing; a row for the same campaign, segment, purpose and period replaces the amount. */
export const spendImporter = rowImporter<SpendRow>({
  kind: 'spend',
  module: 'value',
  permission: 'value.manage',
  fields: [
    {
      name: 'campaign',
      kind: 'text',
      synonyms: ['campaign', 'campaign name', '活动', '营销活动', '活動', '行銷活動'],
      examples: ['Spring letter', 'Search ads'],
    },
    {
      name: 'segment',
      kind: 'text',
      synonyms: ['segment', 'tier', 'audience', '细分', '分群', '层级', '區隔', '層級'],
      examples: ['gold', 'new'],
    },
    { name: 'purpose', kind: 'text', synonyms: ['purpose', 'goal', '目的', '目标', '目標'], examples: ['retain', 'acquire'] },
    {
      name: 'firstDay',
      kind: 'date',
      required: true,
      synonyms: ['first day', 'from', 'start', 'start date', 'date', '起始日', '开始日期', '開始日期', '日期'],
      examples: ['2026-01-01', '2026-02-01'],
    },
    {
      name: 'lastDay',
      kind: 'date',
      synonyms: ['last day', 'to', 'until', 'end', 'end date', '截止日', '结束日期', '結束日期'],
      examples: ['2026-01-31', '2026-02-28'],
    },
    {
      name: 'amount',
      kind: 'amount',
      required: true,
      synonyms: ['amount', 'spend', 'cost', 'budget', '金额', '费用', '金額', '費用'],
      examples: ['1200.00', '850.50'],
    },
  ],
  options: [],
  parse,
  async save({ db, now }, items, job) {
    const { currency } = await readSetting(db, organizationProfile)
    const places = Math.round(Math.log10(minorPerMajor(currency)))
    const rejects = items
      .filter((item) => minorOf(item.value.amount, places) === null)
      .map(({ line }) => ({ line, field: 'amount', reason: 'amount-too-fine', detail: 'The amount has more decimals than the currency' }))
    const bad = new Set(rejects.map(({ line }) => line))
    const rows = merged(
      items.filter(({ line }) => !bad.has(line)),
      job.source,
      places,
    )
    const before = await spendByIds(
      db,
      rows.map((row) => row.id),
    )
    const changed = rows.filter((row) => before.has(row.id) && before.get(row.id)!.amountMinor !== row.amountMinor)
    const made = rows.filter((row) => !before.has(row.id))
    await importSpend(db, [...made, ...changed], before, { runId: job.runId, actor: job.requestedBy, now })
    return { counts: { new: made.length, changed: changed.length, unchanged: rows.length - made.length - changed.length }, rejects }
  },
  async undo(job) {
    const { left, ...counts } = await job.step({}, ({ db, now }) => undoSpendImport(db, job.of.id, now))
    return { counts, left: left.slice(0, 100), leftCount: left.length }
  },
})

export const valueImporters = [spendImporter]

function parse(row: ImportRow): SpendRow | null {
  const firstDay = row.day('firstDay')
  const lastDay = row.day('lastDay') ?? firstDay
  const amount = row.number('amount')
  const purpose = purposeOf(row.text('purpose', 60))
  if (firstDay === null || lastDay === null || amount === null) return null
  if (purpose === null) row.reject('purpose', 'purpose-unknown', 'The purpose is none of acquire, retain and both')
  else if (firstDay > lastDay) row.reject('lastDay', 'period-disordered', 'The period ends before it begins')
  else if (amount.startsWith('-')) row.reject('amount', 'amount-negative', 'The amount is below zero')
  else return { campaign: row.text('campaign', 200), segment: segmentKey(row.text('segment', 200)), purpose, firstDay, lastDay, amount }
  return null
}

/** Rows of the same campaign, segment, purpose and period in one batch are one entry; the last amount counts. */
function merged(items: readonly Item<SpendRow>[], source: string, places: number): Spend[] {
  const rows = items.map(({ value: { amount, ...value } }): Spend => {
    const key = [value.campaign, value.segment, value.purpose, value.firstDay, value.lastDay].map((part) => part ?? '').join('\u0001')
    return { ...value, id: derivedId('spend', source, key), amountMinor: minorOf(amount, places)!, source }
  })
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}
