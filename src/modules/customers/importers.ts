import { setImmediate } from 'node:timers/promises'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import type { ImportField, ImportJob, ImportRow, Item, Saved, UndoJob, UndoOutcome } from '#platform/imports/importer.ts'
import { rowImporter } from '#platform/imports/row-importer.ts'
import { type ArchiveField, type ArchiveValues, completeness, type FieldValue, nameOf } from './domain/archive.ts'
import { changed, mergeSource, type Precedence } from './domain/change.ts'
import { recordKey } from './domain/contact.ts'
import { kindOfWord, saidOf, sameWords, tagsOf } from './domain/source-row.ts'
import { customersImported } from './facts.ts'
import { importFields } from './importers/fields.ts'
import { undoCustomers } from './importers/undo.ts'
import { type CustomerUpdate, insertCustomers, type KnownCustomer, knownCustomers, updateCustomers } from './store/batches.ts'
import { copyKeysOf, searchWords, writeKeysOf } from './store/search-keys.ts'
import { keepSourceRecords, writeSourceRecords } from './store/source-records.ts'
import { sourceId } from './store/sources.ts'

interface Row {
  /** Under what name the source knows the customer. */
  readonly key: string
  readonly said: ArchiveValues
}

/** Customers from a file: one row is one customer. */
export const customersImporter = rowImporter<Row>({
  kind: 'customers',
  module: 'customers',
  permission: 'customers.write',
  fields: importFields as readonly ImportField[],
  options: [{ name: 'precedence', choices: ['hand', 'source'], initial: 'hand' }],
  parse,
  save,
  // Every batch writes into indexes of a random order; larger batches meet the same pages more often, and commit less often.
  batchRows: 5000,
  undo: (job: UndoJob): Promise<UndoOutcome> => undoCustomers(job),
})

function parse(row: ImportRow): Row | null {
  const text = (field: string, limit?: number) => row.text(field, limit)
  const values: Partial<Record<ArchiveField, FieldValue>> = {}
  for (const { name, archive, limit } of importFields)
    if (archive !== undefined) values[archive] = name === 'birthday' ? row.day(name) : text(name, limit)
  const kind = text('kind', 60)
  const known = kind === null ? undefined : kindOfWord(kind)
  if (kind !== null && known === undefined) row.reject('kind', 'unknown-kind', `'${kind}' is neither person nor company`)
  const tags = text('tags', 2000)
  const key = recordKey({ externalId: text('id', 200), email: text('email', 254), phone: text('phone', 60) })
  if (key === null)
    row.reject(null, 'no-key', 'The row has neither an id nor an e-mail address nor a telephone number, so nobody could find it again')
  if (row.rejected || key === null) return null
  return { key, said: saidOf({ ...values, ...(known ? { kind: known } : {}), ...(tags === null ? {} : { tags: tagsOf(tags) }) }) }
}

async function save(context: Context, items: readonly Item<Row>[], job: ImportJob): Promise<Saved> {
  const { db } = context
  const source = await sourceId(db, job.source)
  const making = { sourceId: source, runId: job.runId, by: job.requestedBy, now: context.now }
  const rows = joined(items, job.source)
  const counts = { new: 0, changed: 0, unchanged: items.length - rows.size, conflicting: 0 }
  let open = [...rows.values()]
  for (let attempt = 0; open.length > 0; attempt++) {
    if (attempt === 5) throw new Error('Customers of this batch were changed again and again while it was saved')
    const known = await knownCustomers(
      db,
      open.map(({ id }) => id),
      { sourceId: source, keys: open.map(({ key }) => key) },
    )
    const fresh = open.filter(({ id }) => !known.has(id))
    const [made, found] = await Promise.all([
      insertCustomers(db, fresh.map(newCustomer), making),
      // While the database writes.
      setImmediate(null).then(() => new Map(fresh.map((row) => [row.id, searchWords(newCustomer(row).values, [row.key])]))),
    ])
    const there = open.flatMap((row) =>
      known.has(row.id) ? [planOf(context, row, known.get(row.id)!, job.options.precedence as Precedence)] : [],
    )
    const written = await updateCustomers(
      db,
      there.flatMap(({ update }) => (update ? [update] : [])),
      making,
    )
    const settled = there.filter(({ update, row }) => !update || written.has(row.id))
    const makers = fresh.filter(({ id }) => made.has(id))
    const words = ({ id, key, said }: IdentifiedRow) => ({ id, externalKey: key, fields: said })
    const renewed = settled.filter(({ says }) => says).map(({ row }) => words(row))
    await keepSourceRecords(db, renewed, making)
    await writeSourceRecords(db, [...makers.map(words), ...renewed], making)
    await copyKeysOf(
      db,
      makers.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ id }) => ({ id, words: found.get(id)! })),
    )
    await writeKeysOf(
      db,
      settled.flatMap(({ update, row, person }) =>
        update
          ? [
              {
                id: row.id,
                words: searchWords(update.values, [row.key, ...(person.externalKey ? [person.externalKey] : []), ...person.keyPersons]),
              },
            ]
          : [],
      ),
    )
    counts.new += makers.length
    counts.changed += written.size
    counts.unchanged += settled.filter(({ update }) => !update).length
    counts.conflicting += settled.filter(({ kept }) => kept).length
    open = [...fresh.filter(({ id }) => !made.has(id)), ...there.filter((plan) => !settled.includes(plan)).map(({ row }) => row)]
  }
  if (counts.new + counts.changed > 0)
    await context.publish(customersImported, { runId: job.runId, made: counts.new, changed: counts.changed })
  return { counts }
}

interface IdentifiedRow extends Row {
  readonly id: string
}

/** Rows by customer: where a file names one twice, what the later row says counts. */
function joined(items: readonly Item<Row>[], source: string): Map<string, IdentifiedRow> {
  const rows = new Map<string, IdentifiedRow>()
  for (const { value } of items) {
    const id = derivedId('customer', source, value.key)
    rows.set(id, { id, key: value.key, said: { ...rows.get(id)?.said, ...value.said } })
  }
  return rows
}

function newCustomer({ id, key, said }: IdentifiedRow) {
  const values = { ...said, name: nameOf(said, key.replace(/^(email|phone):/, '')) }
  return { id, values, externalKey: key, completeness: completeness({ values, keyPersons: 0, usedCompetitors: 0 }).overall }
}

/** What a row does to a customer who is there: an update or none, whether the source says something new, and whether the hand kept something. */
function planOf(context: Context, row: IdentifiedRow, person: KnownCustomer, precedence: Precedence) {
  const { changes, kept } = mergeSource(person.values, person.handFields, row.said, precedence)
  const values = changed(person.values, changes)
  const content = { values, keyPersons: person.keyPersons.length, usedCompetitors: person.usedCompetitors }
  const update: CustomerUpdate | null =
    changes.length === 0
      ? null
      : {
          id: row.id,
          version: person.version,
          values,
          completeness: completeness(content).overall,
          changes: changes.map((change) => ({ ...change, id: context.newId() })),
        }
  return { row, person, update, kept: kept.length > 0, says: person.said === null || !sameWords(person.said, row.said) }
}
