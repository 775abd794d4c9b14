import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ExtraType, GivenSums, ServiceLayer } from '../domain/service-layers.ts'

export interface Service {
  readonly id: string
  readonly layer: ServiceLayer
  readonly extraType: ExtraType | null
  readonly name: string
  readonly description: string | null
  readonly expected: boolean
  readonly costMinor: number
  readonly targetMinutes: number | null
  readonly version: number
}
type Said = Omit<Service, 'id' | 'version'>
interface On {
  readonly by: string
  readonly now: Date
}

const columns = [
  'id',
  'layer',
  'extra_type as extraType',
  'name',
  'description',
  'expected',
  'cost_minor as costMinor',
  'target_minutes as targetMinutes',
  'version',
] as const
const service = (row: Omit<Service, 'layer' | 'extraType'> & { readonly layer: string; readonly extraType: string | null }): Service => ({
  ...row,
  layer: row.layer as ServiceLayer,
  extraType: row.extraType as ExtraType | null,
})

/** The catalogue, without what was taken off it: dozens to hundreds. */
export async function listServices(db: Db): Promise<Service[]> {
  const rows = await db.selectFrom('value.service').select(columns).where('removed_at', 'is', null).orderBy('name').execute()
  return rows.map(service)
}

/** Also one that was taken off the catalogue. */
export async function serviceById(db: Db, id: string): Promise<Service | null> {
  const row = await db.selectFrom('value.service').select(columns).where('id', '=', id).executeTakeFirst()
  return row ? service(row) : null
}

/** Whether another service of the catalogue is called so. */
export async function isNamed(db: Db, name: string, except: string | null): Promise<boolean> {
  const row = await db
    .selectFrom('value.service')
    .select('id')
    .where('name', '=', name)
    .where('removed_at', 'is', null)
    .$if(except !== null, (query) => query.where('id', '<>', except!))
    .executeTakeFirst()
  return row !== undefined
}

/** Whoever writes the catalogue waits for whoever does the same. */
export const holdServices = (db: Db) => sql`lock table value.service in share row exclusive mode`.execute(db)

export async function insertService(db: Db, id: string, said: Said, on: On): Promise<Service> {
  const row = await db
    .insertInto('value.service')
    .values({ id, ...rowOf(said), changed_at: on.now, changed_by: on.by })
    .returning(columns)
    .executeTakeFirstOrThrow()
  return service(row)
}

/** Undefined when somebody else was faster, or there is no such service. */
export async function updateService(db: Db, { id, version, ...said }: Service, on: On): Promise<Service | undefined> {
  const row = await db
    .updateTable('value.service')
    .set({ ...rowOf(said), version: version + 1, changed_at: on.now, changed_by: on.by })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('removed_at', 'is', null)
    .returning(columns)
    .executeTakeFirst()
  return row && service(row)
}

/** Takes it off the catalogue; what was given of it stays as it is. False where it is not the given version any more. */
export async function removeService(db: Db, id: string, version: number, on: On): Promise<boolean> {
  const row = await db
    .updateTable('value.service')
    .set({ removed_at: on.now, version: version + 1, changed_at: on.now, changed_by: on.by })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

const rowOf = (said: Said) => ({
  layer: said.layer,
  extra_type: said.extraType,
  name: said.name,
  description: said.description,
  expected: said.expected,
  cost_minor: said.costMinor,
  target_minutes: said.targetMinutes,
})

/** What was given between two days, by layer, type and whether it was expected: counts and sums, from the index alone. */
export async function givenSums(db: Db, from: string, to: string): Promise<GivenSums[]> {
  const { rows } = await sql<GivenSums>`
    select layer, extra_type as "extraType", expected, count(*)::int as given, coalesce(sum(cost_minor), 0)::bigint as "costMinor",
      count(score_after - score_before)::int as scored, coalesce(sum(score_after - score_before), 0)::int as change,
      coalesce(sum((score_after - score_before) * (score_after - score_before)), 0)::int as "changeSquared"
    from value.service_given where given_on between ${from}::date and ${to}::date
    group by layer, extra_type, expected`.execute(db)
  return rows
}
