import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { PublicationState } from '../domain/publication.ts'
import { type CaseRow, columnsWith } from './cases.ts'

/** Adds those whose words led to a publication; who is there already stays as they are. */
export async function linkCases(
  db: Db,
  publicationId: string,
  cases: readonly { readonly customerId: string; readonly id: string }[],
): Promise<void> {
  await sql`
    insert into cases.publication_case (customer_id, publication_id, case_id)
    select customer_id, ${publicationId}::uuid, id
    from unnest(${cases.map(({ customerId }) => customerId)}::uuid[], ${cases.map(({ id }) => id)}::uuid[]) as w (customer_id, id)
    on conflict (customer_id, publication_id, case_id) do nothing`.execute(db)
}

export interface LinkedCase extends CaseRow {
  readonly publicationId: string
  readonly toldAt: Date | null
}

const linked = columnsWith('p.publication_id as "publicationId"', 'p.told_at as "toldAt"')

/** The cases behind a publication, the newest first. */
export async function casesOfPublication(db: Db, publicationId: string): Promise<readonly LinkedCase[]> {
  const { rows } = await sql<LinkedCase>`
    select ${linked} from cases.publication_case p join cases.case c on c.customer_id = p.customer_id and c.id = p.case_id
    where p.publication_id = ${publicationId}::uuid order by c.opened_at desc, c.id desc`.execute(db)
  return rows
}

export interface PublicationOfCase {
  readonly caseId: string
  readonly publicationId: string
  readonly state: PublicationState
}

/** What was or is to be published because of some cases. */
export async function publicationsOfCases(
  db: Db,
  cases: readonly { readonly customerId: string; readonly id: string }[],
): Promise<readonly PublicationOfCase[]> {
  if (cases.length === 0) return []
  const { rows } = await sql<PublicationOfCase>`
    select l.case_id as "caseId", p.id as "publicationId", p.state
    from unnest(${cases.map(({ customerId }) => customerId)}::uuid[], ${cases.map(({ id }) => id)}::uuid[]) as w (customer_id, id)
    join cases.publication_case l on l.customer_id = w.customer_id and l.case_id = w.id
    join cases.publication p on p.id = l.publication_id order by p.made_at, p.id`.execute(db)
  return rows
}

/** How many cases stand behind each of some publications. */
export async function countCasesOf(db: Db, publicationIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (publicationIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; n: number }>`
    select publication_id as id, count(*)::int as n from cases.publication_case
    where publication_id = any(${[...publicationIds]}::uuid[]) group by 1`.execute(db)
  return new Map(rows.map(({ id, n }) => [id, n]))
}

/** Says that those who said it were told. Answers whether nobody had: only one who asks tells them. */
export async function noteTold(db: Db, publicationId: string, customerId: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ told: Date | null }>`
    select told_at as told from cases.publication_case
    where customer_id = ${customerId}::uuid and publication_id = ${publicationId}::uuid for update`.execute(db)
  if (rows.length === 0 || rows.some(({ told }) => told !== null)) return false
  await sql`
    update cases.publication_case set told_at = ${now}::timestamptz
    where customer_id = ${customerId}::uuid and publication_id = ${publicationId}::uuid`.execute(db)
  return true
}
