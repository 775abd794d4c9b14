import { idDeriver } from '#platform/id-deriver.ts'
import { dayOfRecord, type Memory, memory, newLine, numberPlace, readRecord, T, textOf } from './line-record.ts'
import { numberKey } from './number-check.ts'
import type { SpooledPart } from './spool.ts'

/**
 * The rows of a part, put in order without objects: customers by their ids, each customer's orders by theirs, each order's rows as they came. The lines of an order may come in
 * any order among other orders' lines.
 */
export interface ArrangedPart {
  readonly spooled: SpooledPart
  readonly customers: number
  readonly orders: number
  /** Sixteen bytes per customer and per order. */
  readonly customerIds: Buffer
  readonly orderIds: Buffer
  /** The customer of an order. */
  readonly customerOf: Uint32Array
  /** The first order of a customer; one more at the end. */
  readonly firstOrder: Uint32Array
  /** The rows of order o are rows[firstRow[o] … firstRow[o + 1]), as places of their records. */
  readonly firstRow: Uint32Array
  readonly rows: Uint32Array
}

export interface Ids {
  /** What orders with a number are called, from (source, number). */
  readonly ofNumber: ReturnType<typeof idDeriver>
  /** What comes before day and place in the key of an order without a number. */
  readonly prefix: 'customer' | 'nothing'
}

export const orderIds = (source: string): Ids => ({ ofNumber: idDeriver('order', source), prefix: 'customer' })
export const saleIds = (source: string): Ids => ({ ofNumber: idDeriver('anonymous-sale', source), prefix: 'nothing' })

/** Where one part after the other lies, so that memory is not asked for anew each time: what it gives back makes the engine look through all that it has. */
export interface Room {
  memory: Memory
  arrays: Pick<ArrangedPart, 'customerIds' | 'orderIds' | 'customerOf' | 'firstOrder' | 'firstRow' | 'rows'>
}

export const newRoom = (): Room => ({ memory: memory(0), arrays: arraysFor(0) })

const arraysFor = (count: number): Room['arrays'] => ({
  customerIds: Buffer.alloc(count * 16),
  orderIds: Buffer.alloc(count * 16),
  customerOf: new Uint32Array(count),
  firstOrder: new Uint32Array(count + 1),
  firstRow: new Uint32Array(count + 1),
  rows: new Uint32Array(count),
})

/** `unusable`: keys of the numbers of orders that are left out. What was in the room before is overwritten. */
export function arrange(spooled: SpooledPart, ids: Ids, unusable: ReadonlySet<number>, room: Room = newRoom()): ArrangedPart {
  const sorted = byGroup(spooled)
  const count = sorted.length
  if (spooled.bytes.length > room.memory.bytes.length) room.memory = spooled
  if (count > room.arrays.rows.length) room.arrays = arraysFor(count + (count >> 3))
  const arranged: Arranging = { spooled, customers: 0, orders: 0, ...room.arrays }
  arranged.firstRow[0] = 0
  const { bytes } = spooled
  const work = workspace()
  for (let from = 0; from < count; ) {
    let to = from + 1
    while (to < count && compareGroups(bytes, sorted[from]!, sorted[to]!) === 0) to++
    const before = arranged.orders
    addOrders(arranged, sorted, from, to, ids, unusable, work)
    if (arranged.orders > before) {
      bytes.copy(arranged.customerIds, arranged.customers * 16, sorted[from]! + 4, sorted[from]! + 20)
      arranged.firstOrder[arranged.customers] = before
      for (let order = before; order < arranged.orders; order++) arranged.customerOf[order] = arranged.customers
      arranged.customers++
    }
    from = to
  }
  arranged.firstOrder[arranged.customers] = arranged.orders
  return arranged
}

/** Arrays for one customer's rows, made larger where a customer has more. */
interface Workspace {
  /** Per order found: its number's key, its id, its first and last row, in the order in which they were found. */
  keys: Float64Array
  ids: Buffer
  first: Int32Array
  last: Int32Array
  /** Per row: the next row of the same order, or -1. */
  next: Int32Array
  /** Places of the orders found, by their ids. */
  order: Uint32Array
}

const workspace = (size = 64): Workspace => ({
  keys: new Float64Array(size),
  ids: Buffer.alloc(size * 16),
  first: new Int32Array(size),
  last: new Int32Array(size),
  next: new Int32Array(size),
  order: new Uint32Array(size),
})

type Arranging = { -readonly [K in keyof ArrangedPart]: ArrangedPart[K] }

/** Adds one customer's orders, by their ids. */
function addOrders(
  part: Arranging,
  sorted: Uint32Array,
  from: number,
  to: number,
  ids: Ids,
  unusable: ReadonlySet<number>,
  work: Workspace,
): void {
  if (to - from > work.next.length) Object.assign(work, workspace(2 * (to - from)))
  const found = findOrders(part.spooled, sorted, from, to, ids, unusable, work)
  const { order } = work
  for (let i = 0; i < found; i++) order[i] = i
  sortByIds(order, found, work.ids)
  for (let i = 0; i < found; i++) {
    const one = order[i]!
    work.ids.copy(part.orderIds, part.orders * 16, one * 16, one * 16 + 16)
    let placed = part.firstRow[part.orders]!
    for (let row = work.first[one]!; row >= 0; row = work.next[row]!) part.rows[placed++] = sorted[from + row]!
    part.orders++
    part.firstRow[part.orders] = placed
  }
}

/** Finds the orders among one customer's rows and gives them ids; answers how many there are. */
function findOrders(
  spooled: SpooledPart,
  sorted: Uint32Array,
  from: number,
  to: number,
  ids: Ids,
  unusable: ReadonlySet<number>,
  work: Workspace,
): number {
  const { keys, first, last, next } = work
  const index = to - from > 64 ? new Map<number, number>() : undefined
  let places: Map<string, number> | undefined
  let found = 0
  for (let row = 0; row < to - from; row++) {
    const at = sorted[from + row]!
    next[row] = -1
    const place = numberPlace(spooled, at)
    if (place < 0) {
      places ??= new Map()
      readRecord(spooled, at, line)
      // Customers who were merged share a group; what the file calls them keeps their orders' ids as they were.
      const onDay = `${ids.prefix === 'customer' ? textOf(line, T.customer) : ''}\u0000${dayOfRecord(spooled, at)}`
      const n = (places.get(onDay) ?? 0) + 1
      places.set(onDay, n)
      const key = Buffer.from(`${onDay}\u0000${n}`)
      ids.ofNumber(key, 0, key.length, work.ids, found * 16)
      keys[found] = -1
    } else {
      const start = Math.floor(place / 65_536)
      const end = start + (place & 65_535)
      const key = numberKey(spooled.bytes, start, end)
      if (unusable.size > 0 && unusable.has(key)) continue
      const there = to - from === 1 ? -1 : index ? (index.get(key) ?? -1) : placeOf(keys, found, key)
      if (there >= 0) {
        next[last[there]!] = row
        last[there] = row
        continue
      }
      ids.ofNumber(spooled.bytes, start, end, work.ids, found * 16)
      keys[found] = key
      index?.set(key, found)
    }
    first[found] = row
    last[found] = row
    found++
  }
  return found
}

function placeOf(keys: Float64Array, count: number, key: number): number {
  for (let i = 0; i < count; i++) if (keys[i] === key) return i
  return -1
}

const line = newLine()

/** Few are sorted by insertion, which needs no call for each comparison. */
function sortByIds(order: Uint32Array, count: number, ids: Buffer): void {
  if (count > 32) {
    order.subarray(0, count).sort((a, b) => compareIds(ids, a, b))
    return
  }
  for (let i = 1; i < count; i++) {
    const one = order[i]!
    let j = i
    for (; j > 0 && compareIds(ids, order[j - 1]!, one) > 0; j--) order[j] = order[j - 1]!
    order[j] = one
  }
}

function compareIds(ids: Buffer, a: number, b: number): number {
  for (let i = 0; i < 16; i++) {
    const difference = ids[a * 16 + i]! - ids[b * 16 + i]!
    if (difference !== 0) return difference
  }
  return 0
}

/**
 * Places of the records by their group, equal groups as they came. Groups are spread evenly (they are hashes), so a counting sort by the bits in which the groups of a part
 * differ first leaves next to nothing to an insertion sort.
 */
function byGroup({ bytes, at, count }: SpooledPart): Uint32Array {
  const bucketBits = Math.min(16, Math.ceil(Math.log2(count + 1)) + 1)
  const { shift, keyAt } = keyOfGroup(bytes, at, count, bucketBits)
  const counts = new Uint32Array((1 << bucketBits) + 1)
  for (let i = 0; i < count; i++) counts[(keyAt(at[i]!) >>> shift) + 1]!++
  for (let b = 0; b < 1 << bucketBits; b++) counts[b + 1]! += counts[b]!
  const sorted = new Uint32Array(count)
  for (let i = 0; i < count; i++) {
    const bucket = keyAt(at[i]!) >>> shift
    sorted[counts[bucket]!++] = at[i]!
  }
  for (let i = 1; i < count; i++) {
    const place = sorted[i]!
    let j = i
    while (j > 0 && compareGroups(bytes, sorted[j - 1]!, place) > 0) {
      sorted[j] = sorted[j - 1]!
      j--
    }
    sorted[j] = place
  }
  return sorted
}

/** The first 32 bits behind those that all groups share (a part shares as many as there are parts). */
function keyOfGroup(
  bytes: Uint8Array,
  at: Uint32Array,
  count: number,
  bucketBits: number,
): { shift: number; keyAt: (at: number) => number } {
  const word = (place: number) =>
    ((bytes[place + 4]! << 24) | (bytes[place + 5]! << 16) | (bytes[place + 6]! << 8) | bytes[place + 7]!) >>> 0
  let low = 0xffffffff
  let high = 0
  for (let i = 0; i < count; i++) {
    const key = word(at[i]!)
    if (key < low) low = key
    if (key > high) high = key
  }
  const bits = count === 0 || high === low ? 0 : Math.floor(Math.log2(high - low)) + 1
  return { shift: Math.max(0, bits - bucketBits), keyAt: (place) => word(place) - low }
}

function compareGroups(bytes: Uint8Array, a: number, b: number): number {
  for (let i = 4; i < 20; i++) {
    const difference = bytes[a + i]! - bytes[b + i]!
    if (difference !== 0) return difference
  }
  return 0
}
