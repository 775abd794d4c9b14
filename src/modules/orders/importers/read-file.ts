import { idDeriver } from '#platform/id-deriver.ts'
import type { ImportRows, StreamJob } from '#platform/imports/importer.ts'
import { trimCell } from '#platform/tabular/cells.ts'
import { unguardText } from '#platform/tabular/guard-text.ts'
import { numberCheck, numberKey } from './number-check.ts'
import { type LineRules, lineReader } from './read-lines.ts'
import { openSpool, type SpooledLine } from './spool.ts'

/** A file of orders, read once, judged line by line, and cut into parts of customers that fit into memory. */
export interface ReadFile {
  /** Data rows of the file. */
  readonly rows: number
  /** Rows that are good. */
  readonly lines: number
  /** Good rows without a customer. */
  readonly anonymous: number
  readonly parts: number
  /** First and last day of the good rows, days since 1970-01-01. */
  readonly days: { readonly first: number; readonly last: number } | null
  /** Products that the rows name, by code; the first name of each. */
  readonly products: ReadonlyMap<string, { readonly code: string; readonly name: string | null; readonly category: string | null }>
  /** The rows of a part whose orders are whole. Each part can be read once. */
  customerLines(part: number): SpooledLine[]
  anonymousLines(part: number): SpooledLine[]
  remove(): void
}

/** So many bytes of a file make one part: some ten thousand lines. */
const bytesPerPart = 4 << 20

/**
 * Reads, rejects and spools. An order is imported whole or not at all: where one of its rows is rejected, or two customers share its number, all its rows are. Those are only known
 * at the end, so then the file is read once more for their cells.
 */
export async function readOrderFile(job: StreamJob, rules: Omit<LineRules, 'job'>): Promise<ReadFile> {
  const parts = partsFor(job.fileBytes)
  const customers = openSpool(job.folder, 'customers', parts)
  const anonymous = openSpool(job.folder, 'anonymous', parts)
  const numbers = numberCheck(job.folder, parts)
  const customerId = idDeriver('customer', job.source)
  const saleGroup = idDeriver('anonymous-sale', job.source)
  const reader = lineReader({ ...rules, job })
  const { line } = reader
  const products = new Map<string, { code: string; name: string | null; category: string | null }>()
  const broken = new Set<number>()
  const grouping = { bytes: Buffer.alloc(1024), id: Buffer.alloc(16), key: '', group: '' }
  const days = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY }
  let previous = { number: '', customer: '', customerName: '' }

  const groupOf = (key: string, derive: typeof customerId): string => {
    const size = grouping.bytes.write(key)
    derive(grouping.bytes, 0, size, grouping.id, 0)
    return grouping.id.toString('latin1')
  }
  const take = (rows: ImportRows, index: number): void => {
    if (!reader.read(rows, index)) {
      const number = numberAsWritten(rows, index)
      if (number !== '') broken.add(numberKey(number))
      return
    }
    if (line.number !== '') {
      // Many programs write the customer on the first row of an order only.
      if (line.customer === '' && line.number === previous.number) {
        line.customer = previous.customer
        line.customerName = previous.customerName
      }
      previous = { number: line.number, customer: line.customer, customerName: line.customerName }
    }
    if (line.day < days.first) days.first = line.day
    if (line.day > days.last) days.last = line.day
    if (line.product !== '') noteProduct(products, line)
    if (line.customer === '') {
      line.group = groupOf(line.number === '' ? `\u0000${line.day}` : line.number, saleGroup)
      anonymous.write(line)
      return
    }
    if (line.customer !== grouping.key) {
      grouping.group = groupOf(line.customer, customerId)
      grouping.key = line.customer
    }
    line.group = grouping.group
    customers.write(line)
    if (line.number !== '') numbers.note(line.number, line.group)
  }

  let read = 0
  const { rows } = await job.read(async (batch) => {
    for (let i = 0; i < batch.batch.count; i++) take(batch, i)
    read += batch.batch.count
    await job.progress({ phase: 'reading', done: read, total: null })
  })
  const shared = numbers.conflicts()
  if (broken.size + shared.size > 0) await rejectWholeOrders(job, reader, broken, shared)
  const whole = (lines: SpooledLine[]) =>
    broken.size + shared.size === 0
      ? lines
      : lines.filter(({ number }) => number === '' || !(broken.has(numberKey(number)) || shared.has(numberKey(number))))
  return {
    rows,
    lines: customers.lines + anonymous.lines,
    anonymous: anonymous.lines,
    parts,
    days: days.last === Number.NEGATIVE_INFINITY ? null : days,
    products,
    customerLines: (part) => whole(customers.read(part)),
    anonymousLines: (part) => whole(anonymous.read(part)),
    remove() {
      customers.remove()
      anonymous.remove()
    },
  }
}

/** The order number of a row that is rejected already. */
function numberAsWritten(rows: ImportRows, index: number): string {
  const column = rows.column('orderNumber')
  return column < 0 ? '' : unguardText(trimCell(rows.batch.text(index, column))).normalize('NFC')
}

function noteProduct(products: Map<string, { code: string; name: string | null; category: string | null }>, line: SpooledLine): void {
  const known = products.get(line.product)
  if (!known) products.set(line.product, { code: line.product, name: line.productName || null, category: line.category || null })
  else {
    if (known.name === null && line.productName !== '') known.name = line.productName
    if (known.category === null && line.category !== '') known.category = line.category
  }
}

/** Rejects the good rows of orders that cannot come in whole. */
async function rejectWholeOrders(
  job: StreamJob,
  reader: ReturnType<typeof lineReader>,
  broken: Set<number>,
  shared: Set<number>,
): Promise<void> {
  const silent = job.silently()
  await silent.read((rows) => {
    for (let i = 0; i < rows.batch.count; i++) {
      if (!reader.read(rows, i) || reader.line.number === '') continue
      const { number } = reader.line
      const key = numberKey(number)
      if (shared.has(key))
        job.reject(rows, i, {
          field: 'orderNumber',
          reason: 'numberOfTwoCustomers',
          detail: `Order ${number} belongs to more than one customer in this file`,
        })
      else if (broken.has(key))
        job.reject(rows, i, {
          field: 'orderNumber',
          reason: 'orderIncomplete',
          detail: `Another row of order ${number} cannot be used; an order comes in whole or not at all`,
        })
    }
  })
}

/** A power of two, so that the first bits of an id say its part. */
function partsFor(bytes: number): number {
  const wanted = Math.max(1, bytes / bytesPerPart)
  return Math.min(4096, 2 ** Math.ceil(Math.log2(wanted)))
}
