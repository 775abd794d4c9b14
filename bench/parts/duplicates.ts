import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { requestDuplicateSearch } from '#modules/customers/runs/find-duplicates.ts'
import { writeCsv } from '#platform/tabular/csv-writer.ts'
import { labelledRecords } from '#seeds/labelled-duplicates.ts'
import type { Bench } from '../bench.ts'
import { qualityOf } from '../duplicate-quality.ts'

/**
 * A search for duplicates through the whole book, with a labelled set mixed in: how many of the pairs it finds are right, how many of those there are it finds, and how long it takes per
 * million customers.
 */
export async function duplicatesPart(bench: Bench): Promise<void> {
  const people = Math.min(20_000, bench.customers)
  const records = labelledRecords(bench.seed, people)
  const file = join(bench.folder, 'labelled.csv')
  const head = ['id', 'name', 'email', 'phone', 'birthday', 'city', 'postcode', 'address']
  const rows = records.map((one) => [one.key, one.name, one.email, one.phone, one.birthday, one.city, one.postcode, one.address])
  await writeFile(file, writeCsv([head, ...rows]))
  await bench.import('customers', file)
  const searched = await bench.observe(async () => bench.finish(await bench.transaction((context) => requestDuplicateSearch(context))))
  const result = searched.value.result as { customers: number; pairs: number; cutBlocks: number }
  const found = await sql<{ a: string; b: string }>`
    select a.external_key as a, b.external_key as b from customers.duplicate d
    join customers.customer a on a.customer_id = d.customer_id join customers.customer b on b.customer_id = d.other_id`.execute(
    bench.database.db,
  )
  const labelled = new Set(records.map(({ key }) => key))
  const pairs = found.rows.filter(({ a, b }) => labelled.has(a) && labelled.has(b)).map(({ a, b }): [string, string] => [a, b])
  const { precision, recall, there } = qualityOf(records, pairs)
  const among = `${there.toLocaleString('en')} pairs among ${records.length.toLocaleString('en')} records: misspelt, in another script, turned round, moved; households and namesakes beside them`
  bench.add('duplicates', { what: 'precision', value: precision * 100, unit: '%', goal: { atLeast: 95 }, note: among })
  bench.add('duplicates', { what: 'recall', value: recall * 100, unit: '%', goal: { atLeast: 90 }, note: among })
  bench.add('duplicates', {
    what: 'customers searched',
    value: result.customers / searched.seconds,
    unit: '/s',
    goal: null,
    note: `${result.customers.toLocaleString('en')} customers in ${searched.seconds.toFixed(1)} s, ${result.pairs.toLocaleString('en')} pairs compared, ${result.cutBlocks.toLocaleString('en')} blocks cut`,
  })
  const { node, together } = searched.peak
  if (node !== null)
    bench.add('duplicates', {
      what: 'memory, Node',
      value: node,
      unit: 'MB',
      goal: { atMost: 600 },
      note: `peak resident; with PostgreSQL ${together === null ? 'unknown' : `${Math.round(together)} MB`}; ${searched.processor.toFixed(1)} s of processors, of which the server ${searched.serverProcessor.toFixed(1)} s`,
    })
}
