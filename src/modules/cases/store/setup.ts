import type { Db } from '#platform/database/connection.ts'
import type { Cause } from '../domain/causes.ts'
import type { RemedyOffer } from '../domain/offer.ts'
import type { Route } from '../domain/routing.ts'
import type { CauseKind, RemedyKind } from '../domain/taxonomy.ts'

export interface StoredRoute extends Route {
  readonly version: number
}
/** Who writes, and when. */
export interface Writer {
  readonly now: Date
  readonly by: string
}
const changed = ({ now, by }: Writer) => ({ changed_at: now, changed_by: by })

export const allRoutes = (db: Db): Promise<StoredRoute[]> =>
  db
    .selectFrom('cases.route')
    .select([
      'id',
      'category',
      'reason',
      'product_category as productCategory',
      'department_id as departmentId',
      'person_id as personId',
      'deputy_id as deputyId',
      'version',
    ])
    .orderBy('category')
    .orderBy('reason')
    .orderBy('product_category')
    .execute()

const routeValues = ({ category, reason, productCategory, departmentId, personId, deputyId }: Route) => ({
  category,
  reason,
  product_category: productCategory,
  department_id: departmentId,
  person_id: personId,
  deputy_id: deputyId,
})

/** False where there is a line for just this already. */
export async function insertRoute(db: Db, route: Route, writer: Writer): Promise<boolean> {
  const made = await db
    .insertInto('cases.route')
    .values({ id: route.id, ...routeValues(route), ...changed(writer) })
    .onConflict((conflict) => conflict.constraint('route_of_matter').doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}

/** Whether the version was the newest. */
export async function updateRoute(db: Db, route: StoredRoute, writer: Writer): Promise<boolean> {
  const written = await db
    .updateTable('cases.route')
    .set({ ...routeValues(route), ...changed(writer), version: route.version + 1 })
    .where('id', '=', route.id)
    .where('version', '=', route.version)
    .executeTakeFirst()
  return written.numUpdatedRows === 1n
}

/** False where it is not the given version any more. */
export const deleteRoute = async (db: Db, id: string, version: number): Promise<boolean> =>
  (await db.deleteFrom('cases.route').where('id', '=', id).where('version', '=', version).returning('id').executeTakeFirst()) !== undefined

/** What the company wrote about causes; see `withShipped`. */
export async function storedCauses(db: Db): Promise<Cause[]> {
  const rows = await db
    .selectFrom('cases.cause')
    .select(['id', 'parent_id as parentId', 'kind', 'names', 'retired', 'version'])
    .orderBy('changed_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as CauseKind, names: row.names as Cause['names'] }))
}

/** Writes a cause; version 0: there was no row of it yet. Whether the version was the newest. */
export async function writeCause(db: Db, { id, parentId, kind, names, retired, version }: Cause, writer: Writer): Promise<boolean> {
  const values = { parent_id: parentId, kind, names: JSON.stringify(names), retired, ...changed(writer) }
  if (version === 0) {
    const made = await db
      .insertInto('cases.cause')
      .values({ id, ...values })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    return made.numInsertedOrUpdatedRows === 1n
  }
  const written = await db
    .updateTable('cases.cause')
    .set({ ...values, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return written.numUpdatedRows === 1n
}

export async function allOffers(db: Db): Promise<RemedyOffer[]> {
  const rows = await db
    .selectFrom('cases.remedy_offer')
    .select([
      'id',
      'kind',
      'names',
      'default_minor as defaultMinor',
      'most_minor as mostMinor',
      'needs_approval as needsApproval',
      'retired',
      'version',
    ])
    .orderBy('kind')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as RemedyKind, names: row.names as RemedyOffer['names'] }))
}

const offerValues = ({ kind, names, defaultMinor, mostMinor, needsApproval, retired }: RemedyOffer) => ({
  kind,
  names: JSON.stringify(names),
  default_minor: defaultMinor,
  most_minor: mostMinor,
  needs_approval: needsApproval,
  retired,
})

export const insertOffer = (db: Db, offer: RemedyOffer, writer: Writer) =>
  db
    .insertInto('cases.remedy_offer')
    .values({ id: offer.id, ...offerValues(offer), ...changed(writer) })
    .execute()

/** Whether the version was the newest. */
export async function updateOffer(db: Db, offer: RemedyOffer, writer: Writer): Promise<boolean> {
  const written = await db
    .updateTable('cases.remedy_offer')
    .set({ ...offerValues(offer), ...changed(writer), version: offer.version + 1 })
    .where('id', '=', offer.id)
    .where('version', '=', offer.version)
    .executeTakeFirst()
  return written.numUpdatedRows === 1n
}
