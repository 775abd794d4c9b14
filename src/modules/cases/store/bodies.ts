import type { Db } from '#platform/database/connection.ts'
import type { Binding, Deadline, OutsideBody } from '../domain/outside-body.ts'
import type { Kind } from '../domain/taxonomy.ts'
import type { Writer } from './setup.ts'

/** What the company wrote about bodies outside; see `withShippedBodies`. */
export async function storedBodies(db: Db): Promise<OutsideBody[]> {
  const rows = await db.selectFrom('cases.outside_body').selectAll().orderBy('changed_at').orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    names: row.names as OutsideBody['names'],
    about: row.about as OutsideBody['about'],
    url: row.url,
    kinds: row.kinds as readonly Kind[],
    categories: row.categories,
    regimes: row.regimes,
    deadline: row.deadline_amount === null ? null : { amount: row.deadline_amount, unit: row.deadline_unit as Deadline['unit'] },
    binding: row.binding as Binding,
    retired: row.retired,
    version: row.version,
  }))
}

/** Writes a body; version 0: there was no row of it yet. Whether the version was the newest. */
export async function writeBody(db: Db, { id, version, deadline, ...body }: OutsideBody, { now, by }: Writer): Promise<boolean> {
  const values = {
    names: JSON.stringify(body.names),
    about: JSON.stringify(body.about),
    url: body.url,
    kinds: [...body.kinds],
    categories: [...body.categories],
    regimes: [...body.regimes],
    deadline_amount: deadline?.amount ?? null,
    deadline_unit: deadline?.unit ?? null,
    binding: body.binding,
    retired: body.retired,
    changed_at: now,
    changed_by: by,
  }
  if (version === 0) {
    const made = await db
      .insertInto('cases.outside_body')
      .values({ id, ...values })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    return made.numInsertedOrUpdatedRows === 1n
  }
  const written = await db
    .updateTable('cases.outside_body')
    .set({ ...values, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return written.numUpdatedRows === 1n
}
