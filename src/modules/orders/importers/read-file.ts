import { allSuccessors, holdCustomers } from '#modules/customers/public.ts'
import { withTransaction } from '#platform/database/connection.ts'
import { idDeriver } from '#platform/id-deriver.ts'
import type { ImportRows, StreamJob } from '#platform/imports/importer.ts'
import { trimCell } from '#platform/tabular/cells.ts'
import { unguardText } from '#platform/tabular/guard-text.ts'
import { followingMerges } from './following-merges.ts'
import { type Line, type Memory, T, textOf } from './line-record.ts'
import { numberCheck, numberKey } from './number-check.ts'
import { type LineReader, type LineRules, lineReader } from './read-lines.ts'
import { type RowTerms, saysTerms, termsByLine, withTerms } from './read-terms.ts'
import { openSpool, type SpooledPart } from './spool.ts'
import { type SizeRules, sizeOfAll } from './too-large.ts'

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
  /** Products that the rows name; the first name and category of each. */
  readonly products: Iterable<NamedProduct>
  /** Keys of the numbers of orders that cannot come in whole; see `numberKey`. */
  readonly unusable: ReadonlySet<number>
  /** Whether the sums of some customer's orders may be too large to be exact; see too-large.ts. */
  readonly mayBeTooLarge: boolean
  /** The rows of a part, for a look that leaves them. */
  lookAtCustomers(part: number): SpooledPart
  /** The rows of a part. Each part can be read once; see `Spool`. */
  customerLines(part: number, room?: Memory): SpooledPart
  anonymousLines(part: number): SpooledPart
  /** What the rows of a part say of terms and deliveries, by their lines; null where the file has no column for any of it. Each part can be read once. */
  readonly termsOf: ((part: number) => ReadonlyMap<number, RowTerms>) | null
  remove(): void
}

export interface NamedProduct {
  readonly code: string
  readonly name: string | null
  readonly category: string | null
}

/** So many bytes of a file make one part: some ten thousand lines. */
const bytesPerPart = 4 << 20

/**
 * Reads, rejects and spools. An order is imported whole or not at all: where one of its rows is rejected, or two customers share its number, all its rows are. Those are only known
 * at the end, so then the file is read once more for their cells.
 */
export async function readOrderFile(job: StreamJob, rules: Omit<LineRules, 'job'> & SizeRules): Promise<ReadFile> {
  const parts = partsFor(job.fileBytes)
  const customers = openSpool(job.folder, 'customers', parts)
  const anonymous = openSpool(job.folder, 'anonymous', parts)
  const numbers = numberCheck(job.folder, parts)
  // Waits for a merge that has looked for open imports already and is not in yet: those that begin from now on see this one.
  await withTransaction(job.database, (db) => holdCustomers(db, []))
  const customerId = followingMerges(idDeriver('customer', job.source), await allSuccessors(job.database.db))
  const saleGroup = idDeriver('anonymous-sale', job.source)
  const plain = lineReader({ ...rules, job })
  const said = saysTerms(job) ? { reader: withTerms(plain), spool: openSpool(job.folder, 'terms', parts) } : null
  const reader = said?.reader ?? plain
  const { line } = reader
  const products = productNotes({ names: job.has('productName'), categories: job.has('category') })
  const broken = new Set<number>()
  const days = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY }
  const size = sizeOfAll(rules)
  const fill = job.has('orderNumber') && job.has('customer') ? fillDown() : () => {}
  const lastCustomer = held()

  const deriveCustomer = () => {
    if (lastCustomer.is(line, T.customer)) return
    customerId(line.bytes[T.customer]!, line.start[T.customer]!, line.end[T.customer]!, line.group, 0)
    lastCustomer.take(line, T.customer)
  }
  const deriveSale = () => {
    const day = Buffer.from(`\u0000${line.day}`)
    if (line.end[T.number] === line.start[T.number]) saleGroup(day, 0, day.length, line.group, 0)
    else saleGroup(line.bytes[T.number]!, line.start[T.number]!, line.end[T.number]!, line.group, 0)
    lastCustomer.clear()
  }
  const take = (rows: ImportRows, index: number): void => {
    if (!reader.read(rows, index)) {
      const number = Buffer.from(numberAsWritten(rows, index))
      if (number.length > 0) broken.add(numberKey(number, 0, number.length))
      return
    }
    fill(line)
    if (line.day < days.first) days.first = line.day
    if (line.day > days.last) days.last = line.day
    products.note(line)
    if (line.start[T.customer] === line.end[T.customer]) {
      deriveSale()
      anonymous.write(line)
      return
    }
    deriveCustomer()
    customers.write(line)
    if (said !== null) said.reader.keep(said.spool)
    size.add(line)
    const start = line.start[T.number]!
    const end = line.end[T.number]!
    if (start < end) numbers.note(line.bytes[T.number]!, start, end, line.group)
  }

  let read = 0
  const { rows } = await job.read(async (batch) => {
    for (let i = 0; i < batch.batch.count; i++) take(batch, i)
    read += batch.batch.count
    await job.progress({ phase: 'reading', done: read, total: null })
  })
  const shared = numbers.conflicts()
  if (broken.size + shared.size > 0) await rejectWholeOrders(job, reader, broken, shared)
  return {
    rows,
    lines: customers.lines + anonymous.lines,
    anonymous: anonymous.lines,
    parts,
    days: days.last === Number.NEGATIVE_INFINITY ? null : days,
    products: products.found(),
    unusable: new Set([...broken, ...shared]),
    mayBeTooLarge: size.mayBeTooLarge(),
    lookAtCustomers: (part) => customers.look(part),
    customerLines: (part, room) => customers.read(part, room),
    anonymousLines: (part) => anonymous.read(part),
    termsOf: said && ((part) => termsByLine(said.spool.read(part))),
    remove() {
      customers.remove()
      anonymous.remove()
      said?.spool.remove()
    },
  }
}

/** Many programs write the customer on the first row of an order only: rows below it with the same number and no customer belong to the same. */
function fillDown(): (line: Line) => void {
  const number = held()
  const customer = held()
  const name = held()
  return (line) => {
    if (number.is(line, T.number)) {
      if (line.end[T.customer] !== line.start[T.customer]) return
      customer.give(line, T.customer)
      name.give(line, T.customerName)
    } else {
      number.take(line, T.number)
      customer.take(line, T.customer)
      name.take(line, T.customerName)
    }
  }
}

/** A text of an earlier row, which outlives its batch. */
interface Held {
  /** Whether a line has the same text, and it is not empty. */
  is(line: Line, text: number): boolean
  take(line: Line, text: number): void
  give(line: Line, text: number): void
  clear(): void
}

function held(): Held {
  const bytes = Buffer.alloc(4096)
  let length = 0
  return {
    is(line, text) {
      const start = line.start[text]!
      if (length === 0 || line.end[text]! - start !== length) return false
      const other = line.bytes[text]!
      for (let i = 0; i < length; i++) if (bytes[i] !== other[start + i]) return false
      return true
    },
    take(line, text) {
      const start = line.start[text]!
      length = line.end[text]! - start
      const other = line.bytes[text]!
      for (let i = 0; i < length; i++) bytes[i] = other[start + i]!
    },
    give(line, text) {
      line.bytes[text] = bytes
      line.start[text] = 0
      line.end[text] = length
    },
    clear() {
      length = 0
    },
  }
}

/** The order number of a row that is rejected already. */
function numberAsWritten(rows: ImportRows, index: number): string {
  const column = rows.column('orderNumber')
  return column < 0 ? '' : unguardText(trimCell(rows.batch.text(index, column))).normalize('NFC')
}

/** The products that rows name, with the first name and category of each. Those of which nothing more can be learned are passed over quickly. */
function productNotes(mapped: { names: boolean; categories: boolean }): { note(line: Line): void; found(): Iterable<NamedProduct> } {
  const products = new Map<number, { code: string; name: string | null; category: string | null }>()
  const settled = new Float64Array(1 << 12).fill(-1)
  return {
    note(line) {
      const start = line.start[T.product]!
      const end = line.end[T.product]!
      if (start === end) return
      const key = numberKey(line.bytes[T.product]!, start, end)
      const slot = key % settled.length
      if (settled[slot] === key) return
      const known = products.get(key)
      const product = known ?? { code: textOf(line, T.product), name: null, category: null }
      if (!known) products.set(key, product)
      product.name ??= textOf(line, T.productName) || null
      product.category ??= textOf(line, T.category) || null
      if ((product.name !== null || !mapped.names) && (product.category !== null || !mapped.categories)) settled[slot] = key
    },
    found: () => products.values(),
  }
}

/** Rejects the good rows of orders that cannot come in whole. */
async function rejectWholeOrders(job: StreamJob, reader: LineReader, broken: Set<number>, shared: Set<number>): Promise<void> {
  const { line } = reader
  await job.silently().read((rows) => {
    for (let i = 0; i < rows.batch.count; i++) {
      if (!reader.read(rows, i) || line.end[T.number] === line.start[T.number]) continue
      const key = numberKey(line.bytes[T.number]!, line.start[T.number]!, line.end[T.number]!)
      const number = textOf(line, T.number)
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
