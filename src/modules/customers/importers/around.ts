import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import type { ImportField, ImportJob, ImportRow, Item, Reject, Saved, UndoJob, UndoOutcome } from '#platform/imports/importer.ts'
import { rowImporter } from '#platform/imports/row-importer.ts'
import type { ArchiveValues } from '../domain/archive.ts'
import { recordKey } from '../domain/contact.ts'
import { customersImported } from '../facts.ts'
import { contactSetting } from '../settings.ts'
import { successorsOf } from '../store/aliases.ts'
import { archivesOf } from '../store/archive-columns.ts'
import { type AroundField, type AroundRow, aroundThere, customersAddedTo, insertAround, removeAround } from '../store/around.ts'
import { noteChanges } from '../store/changes.ts'
import { customerNames, holdCustomers } from '../store/lookups.ts'
import { renewArchives } from '../store/renewal.ts'

type Columns = AroundRow['columns']
interface Row {
  /** By what the source calls the customer, the likeliest first. */
  readonly customer: readonly string[]
  /** By what an entry is the same one again. */
  readonly key: string
  readonly columns: Columns
}

export interface Around {
  readonly kind: string
  readonly field: AroundField
  readonly fields: readonly ImportField[]
  /** What a row says, and by what it is known again; null where it is rejected. */
  parse(row: ImportRow): { readonly key: string; readonly columns: Columns } | null
  /** What is found only when the archive is at hand, such as a number in world form. */
  complete?(columns: Columns, country: string | null): Columns
  /** Whether an entry that is there, or the archive itself, says the same already. */
  isThere?(columns: Columns, there: readonly Readonly<Record<string, unknown>>[], archive: ArchiveValues, country: string | null): boolean
  /** How many a customer may have, and how it is said that there is room for no more. */
  readonly most?: { readonly entries: number; readonly reason: string; readonly detail: string }
  /** What the history keeps of it. */
  known(columns: Readonly<Record<string, unknown>>): object
}

const customerField: ImportField = {
  name: 'customer',
  kind: 'key',
  required: true,
  examples: ['C-1001', 'C-1002'],
  synonyms: [
    'customer id',
    'customer key',
    'customer number',
    'customer no',
    'client id',
    'account id',
    'member id',
    '客户编号',
    '客户号',
    '会员号',
    '客户',
    '客戶編號',
    '客戶號',
    '會員編號',
    '客戶',
  ],
}

/** An importer of what lies around customers: a row adds one entry to one customer. What is there stays as it is, so that a file never overrules what somebody noted; undoing takes away what the file added. */
export const aroundImporter = (around: Around) =>
  rowImporter<Row>({
    kind: around.kind,
    module: 'customers',
    permission: 'customers.write',
    personal: 'customers.read-personal',
    fields: [customerField, ...around.fields],
    options: [],
    batchRows: 500,
    parse(row) {
      const name = row.text('customer', 254)
      const said = around.parse(row)
      if (row.rejected || name === null || said === null) return null
      const keys = [recordKey({ externalId: name, email: null, phone: null }), recordKey({ externalId: null, email: name, phone: name })]
      return { ...said, customer: keys.filter((key) => key !== null) }
    },
    save: (context, items, job) => save(context, items, job, around),
    undo: (job) => undo(job, around),
  })

async function save(context: Context, items: readonly Item<Row>[], job: ImportJob, around: Around): Promise<Saved> {
  const { db, now, newId } = context
  const { country } = await readSetting(db, contactSetting)
  const derived = (key: string) => derivedId('customer', job.source, key)
  const merged = await successorsOf(
    db,
    items.flatMap(({ value }) => value.customer.map(derived)),
  )
  const idsOf = ({ customer }: Row) => customer.map(derived).map((id) => merged.get(id) ?? id)
  const held = await holdCustomers(
    db,
    items.flatMap(({ value }) => idsOf(value)),
  )
  const rejects: Reject[] = []
  const wanted = new Map<string, AroundRow & { readonly line: number }>()
  let twice = 0
  for (const { line, value } of items) {
    const customerId = idsOf(value).find((id) => held.has(id))
    if (customerId === undefined) {
      rejects.push({
        line,
        field: 'customer',
        reason: 'no-such-customer',
        detail: `This source has brought no customer '${value.customer[0]}'`,
      })
      continue
    }
    const id = derivedId(around.field, job.source, `${customerId} ${value.key.normalize('NFKC').trim().toLowerCase()}`)
    if (wanted.has(id)) twice++
    wanted.set(id, { line, customerId, id, columns: around.complete?.(value.columns, country) ?? value.columns })
  }
  const rows = [...wanted.values()]
  const customers = [...new Set(rows.map(({ customerId }) => customerId))]
  const there = Map.groupBy(await aroundThere(db, around.field, customers), (one) => one.customerId)
  const archives = around.isThere ? await archivesOf(db, customers) : new Map<string, ArchiveValues>()
  const present = new Map([...there.values()].flat().map(({ id, row }) => [id, row]))
  const fresh = rows.filter(
    ({ id, customerId, columns }) =>
      !present.has(id) &&
      !around.isThere?.(
        columns,
        (there.get(customerId) ?? []).map(({ row }) => row),
        archives.get(customerId) ?? {},
        country,
      ),
  )
  const [fitting, beyond] = withinMost(around, fresh, (customerId) => there.get(customerId)?.length ?? 0)
  rejects.push(...beyond)
  const noted = { by: job.requestedBy, now, runId: job.runId }
  const made = await insertAround(db, around.field, fitting, noted)
  const added = fitting.filter(({ id }) => made.has(id))
  await noteChanges(
    db,
    added.map(({ customerId, columns }) => ({
      customerId,
      change: { id: newId(), field: around.field, before: null, after: around.known(columns) },
    })),
    noted,
  )
  const changed = [...new Set(added.map(({ customerId }) => customerId))].sort()
  await renewArchives(db, changed, { country, now })
  // Nobody is known again by the people around them, but by how they are reached.
  if (changed.length > 0 && around.field === 'contactPoint')
    await context.publish(customersImported, { runId: job.runId, made: 0, changed: changed.length })
  const conflicting = rows.filter(({ id, columns }) => differs(columns, present.get(id))).length
  return {
    counts: { new: added.length, unchanged: rows.length - added.length - beyond.length - conflicting + twice, conflicting },
    rejects,
  }
}

/** Those entries for which there is still room, in the order of the file, and rejects of the rest. */
function withinMost<R extends AroundRow & { readonly line: number }>(
  { most }: Around,
  rows: readonly R[],
  present: (customerId: string) => number,
): readonly [readonly R[], readonly Reject[]] {
  if (most === undefined) return [rows, []]
  const counts = new Map<string, number>()
  const [fitting, beyond]: [R[], Reject[]] = [[], []]
  for (const row of rows) {
    const count = counts.get(row.customerId) ?? present(row.customerId)
    if (count >= most.entries) beyond.push({ line: row.line, field: null, reason: most.reason, detail: most.detail })
    else {
      fitting.push(row)
      counts.set(row.customerId, count + 1)
    }
  }
  return [fitting, beyond]
}

/** Whether an entry says something else than the row; what the row leaves open is no difference. */
const differs = (columns: Columns, there: Readonly<Record<string, unknown>> | undefined): boolean =>
  there !== undefined && Object.entries(columns).some(([name, value]) => value !== null && there[name] !== value)

interface Position {
  readonly after: string | null
  readonly removed: number
  readonly left: readonly { readonly id: string; readonly name: string }[]
  readonly leftCount: number
  readonly ended: boolean
}
const customersPerStep = 200
const named = 100

async function undo(job: UndoJob, around: Around): Promise<UndoOutcome> {
  let position = (job.position as Position | null) ?? { after: null, removed: 0, left: [], leftCount: 0, ended: false }
  while (!position.ended) {
    const from = position
    const next: Partial<Position> = {}
    position = await job.step(next, async (context) => Object.assign(next, await takeBack(context, job, around, from)) as Position)
    await job.progress({ phase: 'remove', done: position.removed, total: null })
  }
  return { counts: { removed: position.removed }, left: position.left, leftCount: position.leftCount }
}

async function takeBack({ db, now, newId }: Context, job: UndoJob, around: Around, from: Position): Promise<Position> {
  const ids = await customersAddedTo(db, around.field, job.of.id, from.after, customersPerStep)
  await holdCustomers(db, ids)
  const gone = await removeAround(db, around.field, job.of.id, ids)
  await noteChanges(
    db,
    gone.map(({ customerId, row }) => ({
      customerId,
      change: { id: newId(), field: around.field, before: around.known(row), after: null },
    })),
    { by: job.requestedBy, now, runId: job.runId },
  )
  const { country } = await readSetting(db, contactSetting)
  await renewArchives(db, [...new Set(gone.map(({ customerId }) => customerId))].sort(), { country, now })
  const still =
    ids.length === 0
      ? []
      : (await customersAddedTo(db, around.field, job.of.id, from.after, customersPerStep)).filter((id) => ids.includes(id))
  const names = await customerNames(db, still)
  const left = still.map((id) => ({ id, name: names.get(id) ?? '' }))
  return {
    after: ids.at(-1) ?? from.after,
    removed: from.removed + gone.length,
    left: [...from.left, ...left].slice(0, named),
    leftCount: from.leftCount + left.length,
    ended: ids.length < customersPerStep,
  }
}
