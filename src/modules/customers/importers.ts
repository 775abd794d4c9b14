import { setImmediate } from 'node:timers/promises'
import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { derivedId } from '#platform/identifier.ts'
import type { ImportField, ImportJob, ImportRow, Item, Reject, Saved, UndoJob, UndoOutcome } from '#platform/imports/importer.ts'
import { rowImporter } from '#platform/imports/row-importer.ts'
import { type ArchiveField, type ArchiveValues, completeness, type FieldValue, nameOf } from './domain/archive.ts'
import { changed, mergeSource, type Precedence } from './domain/change.ts'
import { wordOf } from './domain/choice-words.ts'
import { recordKey } from './domain/contact.ts'
import { kindOfWord, saidOf, sameWords, tagsOf } from './domain/source-row.ts'
import { customersImported } from './facts.ts'
import { consentColumns, consentSaid } from './importers/consent-columns.ts'
import { noteConsents, type Said } from './importers/consents.ts'
import { withoutWrongEmails } from './importers/emails.ts'
import { importFields } from './importers/fields.ts'
import { lackingOwn, type OwnSaid, ownColumns, ownSaid, saveOwn, wrongOwn } from './importers/own-columns.ts'
import { withOwners } from './importers/owners.ts'
import { undoCustomers } from './importers/undo.ts'
import { contactSetting } from './settings.ts'
import { successorsOf } from './store/aliases.ts'
import { type CustomerUpdate, insertCustomers, type KnownCustomer, knownCustomers, updateCustomers } from './store/batches.ts'
import { settleRoles } from './store/roles.ts'
import { copyKeysOf, searchWords, writeKeysOf } from './store/search-keys.ts'
import { keepSourceRecords, writeSourceRecords } from './store/source-records.ts'
import { sourceId } from './store/sources.ts'
import { worldNumber } from './store/world-number.ts'

interface Row {
  /** Under what name the source knows the customer. */
  readonly key: string
  readonly said: ArchiveValues
  /** Whether they may be addressed by a channel, where the file says so. */
  readonly consents: readonly Said[]
  readonly own: OwnSaid
}

/** Customers from a file: one row is one customer. */
export const customersImporter = rowImporter<Row>({
  kind: 'customers',
  module: 'customers',
  permission: 'customers.write',
  personal: 'customers.read-personal',
  fields: importFields as readonly ImportField[],
  furtherFields: async (db) => [...(await ownColumns(db)), ...(await consentColumns(db))],
  options: [{ name: 'precedence', choices: ['hand', 'source'], initial: 'hand' }],
  parse,
  save,
  // Every batch writes into indexes of a random order; larger batches meet the same pages more often, and commit less often.
  batchRows: 5000,
  undo: (job: UndoJob): Promise<UndoOutcome> => undoCustomers(job),
})

function parse(row: ImportRow, job: ImportJob): Row | null {
  const text = (field: string, limit?: number) => row.text(field, limit)
  const values: Partial<Record<ArchiveField, FieldValue>> = {}
  for (const { name, archive, limit } of importFields)
    if (archive !== undefined) values[archive] = name === 'birthday' ? row.day(name) : chosen(row, archive, text(name, limit))
  const kind = text('kind', 60)
  const known = kind === null ? undefined : kindOfWord(kind)
  if (kind !== null && known === undefined) row.reject('kind', 'unknown-kind', `'${kind}' is neither person nor company`)
  const tags = text('tags', 2000)
  const traits = text('traits', 2000)
  const consents = consentSaid(row, job)
  const own = ownSaid(row, job)
  const key = recordKey({ externalId: text('id', 200), email: text('email', 254), phone: text('phone', 60) })
  if (key === null)
    row.reject(null, 'no-key', 'The row has neither an id nor an e-mail address nor a telephone number, so nobody could find it again')
  if (row.rejected || key === null) return null
  const lists = { ...(tags === null ? {} : { tags: tagsOf(tags) }), ...(traits === null ? {} : { traits: tagsOf(traits) }) }
  return { key, said: saidOf({ ...values, ...(known ? { kind: known } : {}), ...lists }), consents, own }
}

/** A word of a fixed choice as the archive calls it; the row is rejected where it is none of them. */
function chosen(row: ImportRow, field: ArchiveField, text: string | null): string | null {
  const word = text === null ? null : wordOf(field, text)
  if (word !== undefined) return word
  row.reject(field, 'unknown-choice', `'${text}' is none of the choices of ${field}`)
  return null
}

async function save(context: Context, all: readonly Item<Row>[], job: ImportJob): Promise<Saved> {
  const { db } = context
  const rejects = [...(await wrongOwn(db, all))]
  const wrong = new Set(rejects.map(({ line }) => line))
  const reachable = withoutWrongEmails(wrong.size === 0 ? all : all.filter(({ line }) => !wrong.has(line)))
  const owned = await withOwners(db, reachable.items)
  const { items } = owned
  const notes = [...reachable.notes, ...owned.notes].toSorted((a, b) => a.line - b.line)
  const source = await sourceId(db, job.source)
  const making = { sourceId: source, runId: job.runId, by: job.requestedBy, now: context.now }
  const { country } = await readSetting(db, contactSetting)
  const rows = await joined(db, items, job.source)
  const counts = { new: 0, changed: 0, unchanged: items.length - rows.size, conflicting: 0 }
  let open = [...rows.values()]
  for (let attempt = 0; open.length > 0; attempt++) {
    if (attempt === 5) throw new Error('Customers of this batch were changed again and again while it was saved')
    const known = await knownCustomers(
      db,
      open.map(({ id }) => id),
      { sourceId: source, keys: open.map(({ key }) => key) },
    )
    for (const { id, line } of open) if (known.get(id)?.erased) rejects.push(erasedPerson(line))
    open = open.filter(({ id }) => !known.get(id)?.erased)
    const lacking = await lackingOwn(
      db,
      open.filter(({ id }) => !known.has(id)),
    )
    rejects.push(...lacking)
    const lackingLines = new Set(lacking.map(({ line }) => line))
    open = open.filter(({ line }) => !lackingLines.has(line))
    const fresh = open.filter(({ id }) => !known.has(id))
    const [made, found] = await Promise.all([
      insertCustomers(db, fresh.map(newCustomer), making),
      // While the database writes.
      setImmediate(null).then(
        () => new Map(fresh.map((row) => [row.id, searchWords(newCustomer(row).values, [row.key, ...worldNumber(row.said, country)])])),
      ),
    ])
    const there = open.flatMap((row) =>
      known.has(row.id) ? [planOf(context, row, known.get(row.id)!, job.options.precedence as Precedence)] : [],
    )
    const written = await updateCustomers(
      db,
      there.flatMap(({ update }) => (update ? [update] : [])),
      { ...making, touches: true },
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
                words: searchWords(update.values, [
                  ...new Set([row.key, ...person.keys]),
                  ...person.keyPersons,
                  ...person.contactWords,
                  ...worldNumber(update.values, country),
                ]),
              },
            ]
          : [],
      ),
    )
    await settleRoles(
      db,
      settled.flatMap(({ update, row }) => (update?.changes.some(({ field }) => field === 'role') ? [row.id] : [])),
      context.now,
    )
    const saved = [...makers, ...settled.map(({ row }) => row)]
    await noteConsents(context, job, saved)
    await saveOwn(context, job, saved)
    counts.new += makers.length
    counts.changed += written.size
    counts.unchanged += settled.filter(({ update }) => !update).length
    counts.conflicting += settled.filter(({ kept }) => kept).length
    open = [...fresh.filter(({ id }) => !made.has(id)), ...there.filter((plan) => !settled.includes(plan)).map(({ row }) => row)]
  }
  if (counts.new + counts.changed > 0)
    await context.publish(customersImported, { runId: job.runId, made: counts.new, changed: counts.changed })
  const out = new Set(rejects.map(({ line }) => line))
  return { counts, rejects, notes: notes.filter(({ line }) => !out.has(line)) }
}

const erasedPerson = (line: number): Reject => ({
  line,
  field: null,
  reason: 'erased-person',
  detail: 'This person was erased; nothing is written about them any more',
})

interface IdentifiedRow extends Row {
  readonly id: string
  readonly line: number
}

/** Rows by customer, also where one was merged into another: where a file names one twice, what the later row says counts. */
async function joined(db: Db, items: readonly Item<Row>[], source: string): Promise<Map<string, IdentifiedRow>> {
  const rows = new Map<string, IdentifiedRow>()
  const merged = await successorsOf(
    db,
    items.map(({ value }) => derivedId('customer', source, value.key)),
  )
  for (const { line, value } of items) {
    const derived = derivedId('customer', source, value.key)
    const id = merged.get(derived) ?? derived
    const before = rows.get(id)
    rows.set(id, {
      id,
      line,
      key: value.key,
      said: { ...before?.said, ...value.said },
      consents: [...(before?.consents ?? []), ...value.consents],
      own: { ...before?.own, ...value.own },
    })
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
