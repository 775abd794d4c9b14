import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { completeness } from '../domain/archive.ts'
import { readArchive } from './archive.ts'
import { settleRoles } from './roles.ts'
import { searchWords, writeKeys } from './search-keys.ts'
import { worldNumber } from './world-number.ts'

/** What is derived from an archive and from what lies around it, for customers to whom rows came or from whom they went: what finds them, how complete they are, and that the book has a row. */
export async function renewArchives(
  db: Db,
  customerIds: readonly string[],
  { country, now }: { country: string | null; now: Date },
): Promise<void> {
  for (const id of customerIds) {
    const archive = await readArchive(db, id)
    if (!archive) continue
    const { values, keyPersons, usedCompetitors, sources, contactWords } = archive
    const more = [
      ...sources.map(({ externalKey }) => externalKey),
      ...keyPersons.map(({ name }) => name),
      ...contactWords,
      ...worldNumber(values, country),
    ]
    await writeKeys(db, id, searchWords(values, more))
    const { overall } = completeness({ values, keyPersons: keyPersons.length, usedCompetitors: usedCompetitors.length })
    await sql`update customers.customer set completeness = ${overall} where customer_id = ${id}::uuid and completeness <> ${overall}`.execute(
      db,
    )
  }
  await settleRoles(db, customerIds, now)
}
