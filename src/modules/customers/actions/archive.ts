import { readSetting, storedSettingText } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { ResultOf } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { api } from '../api.ts'
import { type ArchiveField, type ArchiveValues, completeness } from '../domain/archive.ts'
import { changed, changesOf, differences, type FieldChange } from '../domain/change.ts'
import { comparableEmail } from '../domain/contact.ts'
import { failures } from '../domain/qualification.ts'
import { customerChanged, customerCreated, profilingChanged } from '../facts.ts'
import { contactSetting, targetSetting } from '../settings.ts'
import { type Archive, archiveReaderWith, insertCustomer, readArchive, updateArchive, writeProfiling } from '../store/archive.ts'
import { writeBook } from '../store/book.ts'
import { listChanges, withoutOthers } from '../store/changes.ts'
import { writeOwnValues } from '../store/own-values.ts'
import { touchCustomer } from '../store/people.ts'
import { keepFromRemoval } from '../store/removal-lock.ts'
import { settleRoles } from '../store/roles.ts'
import { type SearchWords, searchWords, writeKeys } from '../store/search-keys.ts'
import { worldNumber } from '../store/world-number.ts'
import { refuseStrangers } from './colleagues.ts'
import { noFigures, withFiguresOf } from './figures.ts'
import { ownOfNew } from './own-in-use.ts'
import { hidesPersonal, isPersonal, keyFor, withoutPersonal } from './personal.ts'
import { storedTargetRuleSeen } from './target.ts'

type Archived = 'create' | 'one' | 'change' | 'setProfiling' | 'changes'
export const archiveActions: Pick<Actions<typeof api>, Archived> = {
  async create(context, { values, own = {} }) {
    const { db, now, newId, actor, publish } = context
    const id = newId()
    // Who is beyond reach is refused like who does not exist.
    const owner = ownerWithin(context, values.ownerId)
    await refuseStranger(context, values.ownerId)
    const changes = changesOf({}, { kind: 'person', ...given(values), ...owner })
    refuseNoEmail(changes)
    const archive = changed({}, changes)
    const ownWrites = await ownOfNew(context, id, own)
    await insertCustomer(
      db,
      {
        id,
        values: archive,
        handFields: changes.map(({ field }) => field),
        completeness: completeness({ values: archive, keyPersons: 0, usedCompetitors: 0 }).overall,
        by: actor.id,
        now,
      },
      changes.map((change) => ({ ...change, id: newId() })),
    )
    await writeOwnValues(db, ownWrites, actor.id, now)
    const { country } = await readSetting(db, contactSetting)
    await writeKeys(db, id, searchWords(archive, worldNumber(archive, country)))
    await writeBook(db, { ids: [id] })
    await publish(customerCreated, { customerId: id, name: String(archive.name) })
    return customerOf(context, id)
  },

  one: (context, { id }) => customerOf(context, id),

  async change(context, { id, version, values }) {
    const { db, now, newId, actor, publish } = context
    const archive = await archiveOf(context, id, { lock: true })
    if (archive.version !== version) throw changedMeanwhile('this customer')
    if (values.ownerId !== undefined) ownerWithin(context, values.ownerId)
    if (values.ownerId !== archive.values.ownerId) await refuseStranger(context, values.ownerId)
    const changes = changesOf(archive.values, given(values))
    refuseNoEmail(changes)
    if (changes.length > 0) {
      const after = changed(archive.values, changes)
      const written = await updateArchive(
        db,
        {
          id,
          version,
          values: after,
          handFields: [...new Set([...archive.handFields, ...changes.map(({ field }) => field)])],
          completeness: completenessOf({ ...archive, values: after as Archive['values'] }),
          by: actor.id,
          now,
        },
        changes.map((change) => ({ ...change, id: newId() })),
      )
      if (!written) throw changedMeanwhile('this customer')
      await writeKeys(db, id, await wordsOf(context, { ...archive, values: after as Archive['values'] }))
      if (changes.some(({ field }) => field === 'role')) await settleRoles(db, [id], now)
      await publish(customerChanged, { customerId: id, fields: changes.map(({ field }) => field) })
    }
    return customerOf(context, id)
  },

  async setProfiling(context, { id, profiling }) {
    const { db, now, newId, actor, publish } = context
    const archive = await archiveOf(context, id, { lock: true })
    if (archive.profiling !== profiling) {
      const change = { id: newId(), field: 'profiling', before: archive.profiling, after: profiling }
      await writeProfiling(db, id, profiling, change, actor.id, now)
      await publish(profilingChanged, { customerIds: [id], profiling })
    }
    return { profiling }
  },

  async changes(context, { id, cursor, limit = 50 }) {
    await archiveOf(context, id)
    const place = cursor === undefined ? null : placeOf(cursor, ['instant', 'uuid'])
    const after = place === null ? null : { at: String(place[0]), id: String(place[1]) }
    const rows = await listChanges(context.db, id, after, limit + 1)
    const items = [...(await withoutPersonal(context, rows.slice(0, limit).map(withoutOthers)))]
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? cursorOf([last.at.toISOString(), last.id]) : null }
  },
}

/** The archive, or a refusal that there is no such customer. */
export async function archiveOf({ db }: Context, id: string, options: { lock?: boolean } = {}): Promise<Archive> {
  if (options.lock) await keepFromRemoval(db)
  const archive = await readArchive(db, id, options)
  if (!archive) throw noSuchCustomer()
  if (options.lock && archive.erasedAt !== null)
    throw refuse('conflict', 'customer-erased', 'This person was erased; nothing is written about them any more')
  return archive
}

const noSuchCustomer = () => refuse('missing', 'no-such-customer', 'There is no such customer')

/** How complete an archive is, in whole percent. */
export const completenessOf = (archive: Archive): number => contentCompleteness(archive).overall

/** Everything that finds the customer of an archive. */
async function wordsOf({ db }: Context, archive: Archive): Promise<SearchWords> {
  const { country } = await readSetting(db, contactSetting)
  return searchWords(archive.values, [
    ...archive.sources.map(({ externalKey }) => externalKey),
    ...archive.keyPersons.map(({ name }) => name),
    ...archive.contactWords,
    ...worldNumber(archive.values, country),
  ])
}

/** What follows from a change around a customer: completeness, what finds them, and the fact. */
export async function settleArchive(context: Context, customerId: string, field: string): Promise<void> {
  const archive = await archiveOf(context, customerId)
  await touchCustomer(context.db, customerId, completenessOf(archive), context.now)
  await writeKeys(context.db, customerId, await wordsOf(context, archive))
  await context.publish(customerChanged, { customerId, fields: [field] })
}

const contentCompleteness = ({ values, keyPersons, usedCompetitors }: Archive) =>
  completeness({ values, keyPersons: keyPersons.length, usedCompetitors: usedCompetitors.length })

/** A customer's page is read more often than anything else. */
const archiveAndRule = archiveReaderWith(storedSettingText(targetSetting.key))

async function customerOf(context: Context, id: string): Promise<ResultOf<(typeof api)['one']>> {
  const found = await archiveAndRule(context.db, id)
  if (!found) throw noSuchCustomer()
  const { archive, beside: targetRule } = found
  return {
    ...archive,
    values: archive.values as ResultOf<(typeof api)['one']>['values'],
    keyPersons: [...archive.keyPersons],
    usedCompetitors: [...archive.usedCompetitors],
    completeness: mutable(contentCompleteness(archive)),
    sources: archive.sources.map(({ source, externalKey, seenAt }) => ({ source, externalKey: keyFor(context, externalKey), seenAt })),
    differences: differences(archive.values, archive.sources)
      .filter(({ field }) => !hidesPersonal(context) || !isPersonal(field))
      .map(({ field, source, says }) => ({ field, source, says: typeof says === 'string' ? says : [...says] })),
    notTarget: failures(archive.values, storedTargetRuleSeen(context, targetRule)).map((one) => ({
      ...one,
      words: [...one.words],
    })),
    figures: (await withFiguresOf(context, [id])).has(id) ? { ...archive.figures } : noFigures,
  }
}

const mutable = ({ overall, groups, missing }: ReturnType<typeof completeness>) => ({
  overall,
  groups: { ...groups },
  missing: [...missing],
})

/** Nothing could ever be sent to it. What a source once brought stays until somebody changes it. */
function refuseNoEmail(changes: readonly FieldChange[]): void {
  const email = changes.find(({ field }) => field === 'email')?.after ?? null
  if (email === null || comparableEmail(String(email)) !== null) return
  throw refuse('invalid', 'no-email', 'This is no e-mail address', {
    fields: [{ field: 'values.email', reason: 'no-email', detail: 'An e-mail address looks like name@example.com' }],
  })
}

const given = (values: Partial<Record<ArchiveField, unknown>>): ArchiveValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as ArchiveValues

/** Nobody is given to somebody who does not work here; whoever enters somebody may keep them. */
async function refuseStranger(context: Context, ownerId: string | null | undefined): Promise<void> {
  if (ownerId != null && ownerId !== context.actor.id) await refuseStrangers(context, [ownerId])
}

/** Whoever sees only some customers owns those they make, and gives none to somebody beyond their reach, where they could not see them any more. */
export function ownerWithin({ reach, actor }: Context, ownerId: string | null | undefined): { ownerId?: string } {
  if (reach === 'all') return {}
  if (ownerId === undefined) return { ownerId: actor.id }
  if (ownerId === null || !reach.includes(ownerId))
    throw refuse('invalid', 'owner-out-of-reach', 'You would not see this customer any more; choose an owner among your colleagues', {
      fields: [{ field: 'ownerId', reason: 'owner-out-of-reach', detail: 'The owner is not among your colleagues' }],
    })
  return {}
}
