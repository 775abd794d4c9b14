import { readSetting } from '#modules/organization/public.ts'
import type { Carried } from '#platform/backup/restore.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { replayErasures } from '#platform/subject/erasure.ts'
import { erasureEntries, erasureEntry } from '#platform/subject/erasure-log.ts'
import type { Mention, Subject } from '#platform/subject/subject.ts'
import { contactSetting, ownFieldSetting } from './settings.ts'
import { needTexts } from './store/needs.ts'
import { attachmentsOfPerson, isKnownPerson, markErased, runsOfPerson, wordsOfPerson } from './store/person.ts'
import { renewArchives } from './store/renewal.ts'
import { customerTables } from './store/subject.ts'

/** What becomes of an archive when two are merged, one is exported, or one is erased. */
export const customerSubject: Subject = {
  tables: customerTables,
  async renew({ db, now }, customerIds) {
    const { country } = await readSetting(db, contactSetting)
    await renewArchives(db, customerIds, { country, now })
  },
  files: attachmentsOfPerson,
  named: namedInArchives,
  words: wordsOfPerson,
  runs: runsOfPerson,
  erased: ({ db, now }, customerIds) => markErased(db, customerIds, now),
  isKnown: isKnownPerson,
}

/** What own fields are called, also those that were removed, and what needs say. */
async function namedInArchives(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { fields } = await readSetting(db, ownFieldSetting)
  const called = fields
    .filter(({ id }) => ids.includes(id))
    .map(({ id, names }) => [id, Object.values(names).find((name) => name !== '') ?? id] as const)
  return new Map([...called, ...(await needTexts(db, ids))])
}

/** The proof of erasures outlives a restore; see `noteErasure` in jobs.ts for what lies beside the database. */
export const carryErasures = (db: Db) => erasureEntries(db, 0, 1_000_000)

/** Whoever was erased and came back with an older state is erased again, in the transaction of the restore. */
export async function eraseAgain(context: Context, { fromDatabase, fromFile }: Carried): Promise<void> {
  const log = [...((fromDatabase ?? []) as readonly unknown[]), ...fromFile].map((entry) => erasureEntry.parse(entry))
  await replayErasures(context, [...new Map(log.map((entry) => [entry.hash, entry])).values()])
}

/** Searches that somebody saved may hold a name, and so may what the histories of others said of a relation. */
export const customerMentions: readonly Mention[] = [
  { table: 'customers.saved_view', key: ['id'], columns: ['definition'], how: 'strike' },
  { table: 'customers.segment', key: ['id'], columns: ['definition'], how: 'strike-whole', within: ['values'] },
  { table: 'customers.touch_template', key: ['id'], columns: ['content'], how: 'strike' },
  {
    table: 'customers.change',
    key: ['customer_id', 'id'],
    columns: ['before', 'after'],
    where: { field: 'relation' },
    how: 'strike-whole',
    within: ['name'],
  },
]
