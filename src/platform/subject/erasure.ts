import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { importRunKind } from '../imports/import-run.ts'
import { rejectsFileId } from '../imports/reject-file.ts'
import { type ErasedRows, eraseFiles, eraseFromJobs, eraseMentions, eraseRows, tellingTexts, uploadsWith } from './erase.ts'
import { type ErasureEntry, logErasure } from './erasure-log.ts'
import { subjectTables } from './subject.ts'

export interface PersonToErase {
  readonly customerId: string
  /** Ids of archives that were merged into it. */
  readonly formerIds: readonly string[]
  readonly requestedBy: string
  readonly confirmedBy: string
}

/**
 * Erases one person everywhere, in one transaction: the rows of every module as it says, the places where they may be mentioned, the files that brought them. What was done goes into the log of
 * erasures, without anything of the person. Doing it again does no harm.
 */
export async function erasePerson(context: Context, person: PersonToErase): Promise<ErasureEntry['content']> {
  const { db, house, now } = context
  const ids = [person.customerId, ...person.formerIds]
  const there = await thoseThere(context, ids)
  const { words, runs } = await knownOf(context, ids)
  const texts = tellingTexts(words)
  const files = await eraseFiles(db, await filesOf(context, ids, runs, texts))
  const rows = await eraseRows(db, subjectTables(house), ids)
  const mentioned = await eraseMentions(
    db,
    house.modules.flatMap(({ mentions }) => mentions ?? []),
    texts,
    ids,
  )
  const told = house.modules.flatMap(({ jobs = [] }) => jobs.flatMap(({ name, on }) => (on ? [{ name, fields: on.personal }] : [])))
  const ofJobs = await eraseFromJobs(db, told, ids)
  const forgotten: Record<string, number> = {}
  for (const { subject } of house.modules) Object.assign(forgotten, await subject?.forget?.(db, texts))
  for (const { subject } of house.modules) await subject?.erased?.(context, ids)
  for (const { subject } of house.modules) await subject?.renew?.(context, there)
  const content = {
    requestedBy: person.requestedBy,
    confirmedBy: person.confirmedBy,
    formerIds: [...person.formerIds],
    rows: { ...rows, ...added(mentioned, ofJobs), ...forgotten },
    files,
  }
  await logErasure(db, { customerId: person.customerId, erasedAt: now.toISOString(), content })
  return content
}

const added = (some: ErasedRows, more: ErasedRows): ErasedRows => ({
  ...some,
  ...Object.fromEntries(Object.entries(more).map(([table, rows]) => [table, rows + (some[table] ?? 0)])),
})

/** Short words stand in every file; a person's whole name, address or number does not. */
const filesFrom = (text: string) => (/\p{Script=Han}/u.test(text) ? 3 : 6)

async function knownOf({ db, house }: Context, ids: readonly string[]): Promise<{ words: readonly string[]; runs: readonly string[] }> {
  const words = new Set<string>()
  const runs = new Set<string>()
  for (const { subject } of house.modules) {
    for (const word of (await subject?.words?.(db, ids)) ?? []) words.add(word)
    for (const run of (await subject?.runs?.(db, ids)) ?? []) runs.add(run)
  }
  return { words: [...words].sort((a, b) => b.length - a.length), runs: [...runs] }
}

/** What was attached to the person, the uploads of imports that brought them with what these rejected, and other uploads in which they stand; what was attached to somebody else stays. */
async function filesOf(
  { db, house }: Context,
  ids: readonly string[],
  runIds: readonly string[],
  texts: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select input->'file'->>'id' as id from platform.run where kind = ${importRunKind} and id = any(${runIds}::uuid[]) and input->'file'->>'kind' = 'stored'`.execute(
    db,
  )
  const own: string[] = []
  for (const { subject } of house.modules) own.push(...((await subject?.files?.(db, ids)) ?? []))
  const named = await uploadsWith(
    db,
    texts.filter((text) => [...text].length >= filesFrom(text)),
  )
  return [...own, ...rows.map(({ id }) => id), ...runIds.map(rejectsFileId), ...named]
}

/**
 * After an older state of the database was restored: erases everybody again whom the log names and who came back with it, under whichever id: the state may be older than a merge, or than the one
 * into whom they were merged. The log of the restored state is completed.
 */
export async function replayErasures(context: Context, log: readonly ErasureEntry[]): Promise<number> {
  let erased = 0
  for (const { customerId, content } of log) {
    const { formerIds, requestedBy, confirmedBy } = content
    if ((await thoseThere(context, [customerId, ...formerIds])).length === 0) continue
    await erasePerson(context, { customerId, formerIds, requestedBy, confirmedBy })
    erased++
  }
  return erased
}

/** Those who are there and were not erased. */
async function thoseThere({ db, house }: Context, ids: readonly string[]): Promise<readonly string[]> {
  const there = new Set<string>()
  for (const { subject } of house.modules) for (const id of ids) if (await subject?.isKnown?.(db, id)) there.add(id)
  return [...there]
}
