import { allDepartments } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { namesOf } from '#platform/sign-in/users.ts'
import type { Cell } from '#platform/tabular/csv-writer.ts'
import type { Case, State } from '../domain/case.ts'
import { decidedRemedies, fold } from '../domain/fold.ts'
import { isRepeated } from '../domain/standing.ts'
import type { Kind } from '../domain/taxonomy.ts'
import { eventsOfMany } from '../store/events-of-many.ts'
import { type ExportedRow, exportedCases } from '../store/export.ts'
import { processOf } from '../store/processes.ts'
import { type FileFormat, fileOf, type Language, type Manner, mannerOf } from './files-out.ts'
import { casesWithin, shownCustomers } from './reach.ts'

interface Wish {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly kind?: readonly Kind[] | undefined
  readonly state?: readonly State[] | undefined
  readonly words?: boolean | undefined
  readonly format: FileFormat
  readonly language?: Language | undefined
}

/** Cases as a file, page by page, so that memory stays constant whatever its length. */
export async function exportCases(context: Context, wish: Wish, day: string) {
  const how = await mannerOf(context, wish.language)
  // What people wrote may hold how they are reached.
  const worded = wish.words === true && context.actor.can('customers.read-personal')
  return fileOf(`cases-${day}`, how.word('nav.cases'), wish.format, rowsOf(context, wish, how, worded))
}

interface Shown {
  readonly row: ExportedRow
  /** Null for whoever may see the case and not whom it is about. */
  readonly customer: { readonly id: string; readonly name: string } | null
  /** Null for whoever may not see what customers are worth. */
  readonly tier: string | null
  /** Null where words are not shown. */
  readonly state: Case | null
  readonly department: string | null
  readonly owner: string | null
}

type ExportColumn = readonly [heading: string, cell: (one: Shown, how: Manner) => Cell]

const coded = (how: Manner, name: string, value: string | null): Cell => (value === null ? null : how.word(`${name}.${value}`, value))
const yes = (how: Manner, value: boolean | null): Cell => (value === null ? null : how.word(value ? 'export.yes' : 'export.no'))

const columns: readonly ExportColumn[] = [
  ['export.number', ({ row }) => row.number],
  ['field.kind', ({ row }, how) => coded(how, 'kind', row.kind)],
  ['export.state', ({ row }, how) => coded(how, 'state', row.state)],
  ['field.customer', ({ customer }) => customer?.name ?? null],
  ['export.customerId', ({ customer }) => customer?.id ?? null],
  ['field.tier', ({ tier }) => tier],
  ['field.category', ({ row }, how) => coded(how, 'category', row.category)],
  ['field.reason', ({ row }, how) => (row.reason === null ? null : how.word(`reason.${row.category}.${row.reason}`, row.reason))],
  ['export.dissatisfaction', ({ row }, how) => coded(how, 'dissatisfaction', row.dissatisfaction)],
  ['field.severity', ({ row }, how) => how.word(`severity.${row.severity}`)],
  ['field.channel', ({ row }, how) => coded(how, 'channel', row.channel)],
  ['export.product', ({ row }) => row.productCode],
  ['export.order', ({ row }) => row.orderId],
  ['field.department', ({ department }) => department],
  ['field.owner', ({ owner }) => owner],
  ['field.receivedAt', ({ row }, how) => how.instant(row.receivedAt)],
  ['export.acknowledgedAt', ({ row }, how) => how.instant(row.acknowledgedAt)],
  ['export.answeredAt', ({ row }, how) => how.instant(row.answeredAt)],
  ['export.resolvedAt', ({ row }, how) => how.instant(row.resolvedAt)],
  ['export.closedAt', ({ row }, how) => how.instant(row.closedAt)],
  ['export.finding', ({ row }, how) => coded(how, 'finding', row.finding)],
  ['export.late', ({ row }, how) => yes(how, row.late)],
  ['export.reopened', ({ row }) => row.reopened],
  ['export.repeated', ({ row }, how) => yes(how, isRepeated(row))],
  ['export.recurred', ({ row }, how) => yes(how, row.recurred)],
  ['export.satisfied', ({ row }, how) => yes(how, row.satisfied)],
  ['export.minutes', ({ row }) => row.minutes],
  ['export.remedy', ({ row }, how) => how.money(row.remedyMinor)],
  ['export.recovered', ({ row }, how) => how.money(row.recoveredMinor)],
]

const said: readonly ExportColumn[] = [
  ['field.subject', ({ state }) => state?.record.subject],
  ['field.description', ({ state }) => state?.record.description],
  ['export.cause', ({ state }) => state?.cause?.text],
  [
    'export.remedies',
    ({ state }, how) =>
      state &&
      decidedRemedies(state)
        .map(({ kind, text }) => [how.word(`remedy.${kind}`), text].filter(Boolean).join(': '))
        .join('; '),
  ],
  ['export.lesson', ({ state }) => state?.lesson?.lesson],
  ['export.improvement', ({ state }) => state?.lesson?.improvement],
  ['export.feedback', ({ state }) => state?.feedback?.text],
]

const pageSize = 500
const withCurrency = new Set(['export.remedy', 'export.recovered'])

async function* rowsOf(context: Context, wish: Wish, how: Manner, worded: boolean): AsyncGenerator<readonly Cell[]> {
  const shown = worded ? [...columns, ...said] : columns
  yield shown.map(([heading]) => `${how.word(heading)}${withCurrency.has(heading) ? ` (${how.currency})` : ''}`)
  const departments = new Map((await allDepartments(context.db)).map(({ id, name }) => [id, name]))
  const period = { from: wish.from ?? null, to: wish.to ?? null, kinds: wish.kind ?? null, states: wish.state ?? null }
  for (let after: ExportedRow | null = null; ; ) {
    const page = await exportedCases(context.db, period, after && { day: after.receivedOn, id: after.id }, pageSize)
    const seen = new Set((await casesWithin(context, page)).map(({ id }) => id))
    const rows = page.filter(({ id }) => seen.has(id))
    const customers = await shownCustomers(context, rows)
    const people = await namesOf(context.db, [...new Set(rows.flatMap(({ ownerId }) => ownerId ?? []))])
    const states = worded ? await statesOf(context, rows) : new Map<string, Case>()
    for (const row of rows) {
      const one: Shown = {
        row,
        customer: customers.get(row.customerId) ?? null,
        tier: context.actor.can('value.read') ? row.tier : null,
        state: states.get(row.id) ?? null,
        department: row.departmentId === null ? null : (departments.get(row.departmentId) ?? null),
        owner: row.ownerId === null ? null : (people.get(row.ownerId) ?? row.ownerId),
      }
      yield shown.map(([, cell]) => cell(one, how))
    }
    if (page.length < pageSize) return
    after = page.at(-1)!
  }
}

/** What is known of some cases in words, from their logs. */
async function statesOf({ db }: Context, rows: readonly ExportedRow[]): Promise<ReadonlyMap<string, Case>> {
  const logs = await eventsOfMany(db, rows)
  const processes = new Map<string, Awaited<ReturnType<typeof processOf>>>()
  const states = new Map<string, Case>()
  for (const { id, processKey, processVersion } of rows) {
    const key = `${processKey} ${processVersion}`
    if (!processes.has(key)) processes.set(key, await processOf(db, processKey, processVersion))
    const process = processes.get(key)
    const events = logs.get(id)
    if (process && events) states.set(id, fold(process, events))
  }
  return states
}
