import { rowImporter } from '#platform/imports/row-importer.ts'
import { isCurrencyCode } from '../domain/amount.ts'
import { type DayRate, writeRates } from '../store/rates.ts'
import { undoCatalogueImport } from './undo-catalogue.ts'

/** Day rates from a file: what one unit of a currency was worth in the organization's on a day. */
export const ratesImporter = rowImporter<DayRate>({
  kind: 'rates',
  module: 'orders',
  permission: 'orders.manage',
  fields: [
    {
      name: 'currency',
      kind: 'text',
      required: true,
      synonyms: ['currency code', 'from currency', 'iso code', '币种', '货币', '幣別', '貨幣'],
      examples: ['EUR', 'EUR'],
    },
    {
      name: 'day',
      kind: 'date',
      required: true,
      synonyms: ['date', 'rate date', '日期', '汇率日期', '匯率日期'],
      examples: ['2026-01-15', '2026-01-16'],
    },
    {
      name: 'rate',
      kind: 'amount',
      required: true,
      synonyms: ['exchange rate', 'day rate', 'mid rate', 'value', '汇率', '中间价', '匯率', '中間價'],
      examples: ['1.0875', '1.0891'],
    },
  ],
  options: [],
  parse(row) {
    const currency = row.text('currency', 20)?.toUpperCase() ?? null
    const day = row.day('day')
    const rate = row.number('rate')
    if (row.rejected) return null
    if (currency === null || !isCurrencyCode(currency))
      row.reject('currency', 'unknownCurrency', `'${currency ?? ''}' is not a currency code`)
    if (day === null) row.reject('day', 'dateMissing', 'The row has no date')
    if (rate === null || !/^\d{1,12}(\.\d{1,12})?$/.test(rate) || Number(rate) === 0)
      row.reject('rate', 'rateNotPositive', `'${rate ?? ''}' is no rate: it must be above 0, with at most twelve decimal places`)
    return row.rejected ? null : { currency: currency!, day: day!, rate: rate! }
  },
  async save(context, items, job) {
    const rates = new Map(items.map(({ value }) => [`${value.currency} ${value.day}`, value]))
    const counts = await writeRates(context.db, [...rates.values()], { runId: job.runId, now: context.now })
    return { counts: { ...counts, unchanged: counts.unchanged + items.length - rates.size } }
  },
  undo: undoCatalogueImport,
})
