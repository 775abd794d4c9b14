import { type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { ProposalState } from '../domain/proposal.ts'

export interface Service {
  readonly id: string
  readonly title: string
  readonly detail: string | null
  readonly since: string | null
  readonly version: number
  readonly changedAt: Date
  readonly changedBy: string
}
type Said = Pick<Service, 'title' | 'detail' | 'since'>
interface On {
  readonly by: string
  readonly now: Date
}

const serviceColumns = ['id', 'title', 'detail', 'since', 'version', 'changed_at as changedAt', 'changed_by as changedBy'] as const

export const servicesOf = (db: Db, customerId: string): Promise<Service[]> =>
  db.selectFrom('commitments.account_service').select(serviceColumns).where('customer_id', '=', customerId).orderBy('id').execute()

export const insertService = (db: Db, customerId: string, id: string, { title, detail, since }: Said, on: On): Promise<Service> =>
  db
    .insertInto('commitments.account_service')
    .values({ customer_id: customerId, id, title, detail, since, changed_at: on.now, changed_by: on.by })
    .returning(serviceColumns)
    .executeTakeFirstOrThrow()

/** Undefined when somebody else was faster, or there is no such line. */
export const updateService = (
  db: Db,
  customerId: string,
  { id, version, title, detail, since }: Said & Pick<Service, 'id' | 'version'>,
  on: On,
): Promise<Service | undefined> =>
  db
    .updateTable('commitments.account_service')
    .set({ title, detail, since, version: version + 1, changed_at: on.now, changed_by: on.by })
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning(serviceColumns)
    .executeTakeFirst()

/** Whether there was such a line of this version. */
export async function deleteService(db: Db, customerId: string, id: string, version: number): Promise<boolean> {
  const gone = await db
    .deleteFrom('commitments.account_service')
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return gone.numDeletedRows === 1n
}

export interface Proposal {
  readonly id: string
  readonly needId: string
  readonly productCode: string
  readonly note: string | null
  readonly state: ProposalState
  readonly madeAt: Date
  readonly madeBy: string
  readonly closedAt: Date | null
  readonly version: number
}

const proposalColumns = [
  'id',
  'need_id as needId',
  'product_code as productCode',
  'note',
  'state',
  'made_at as madeAt',
  'made_by as madeBy',
  'closed_at as closedAt',
  'version',
] as const
const proposalOf = (row: Omit<Proposal, 'state'> & { readonly state: string }): Proposal => ({ ...row, state: row.state as ProposalState })

/** What was proposed to a customer, newest first. */
export async function proposalsOf(db: Db, customerId: string, limit: number): Promise<Proposal[]> {
  const rows = await db
    .selectFrom('commitments.proposal')
    .select(proposalColumns)
    .where('customer_id', '=', customerId)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(proposalOf)
}

export async function insertProposal(
  db: Db,
  customerId: string,
  { id, needId, productCode, note }: Pick<Proposal, 'id' | 'needId' | 'productCode' | 'note'>,
  on: On,
): Promise<Proposal> {
  const row = await db
    .insertInto('commitments.proposal')
    .values({ customer_id: customerId, id, need_id: needId, product_code: productCode, note, made_at: on.now, made_by: on.by })
    .returning(proposalColumns)
    .executeTakeFirstOrThrow()
  return proposalOf(row)
}

/** Undefined when somebody else was faster, or there is no such proposal. */
export async function closeProposal(
  db: Db,
  customerId: string,
  { id, version, state }: Pick<Proposal, 'id' | 'version' | 'state'>,
  now: Date,
): Promise<Proposal | undefined> {
  const row = await db
    .updateTable('commitments.proposal')
    .set({ state, closed_at: state === 'open' ? null : now, version: version + 1 })
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning(proposalColumns)
    .executeTakeFirst()
  return row && proposalOf(row)
}

/** Whether there is such a row, of whichever version: what is gone and what was changed are told apart. */
export async function isThere(db: Db, table: 'account_service' | 'proposal', customerId: string, id: string): Promise<boolean> {
  const row = await db
    .selectFrom(`commitments.${table}`)
    .select('id')
    .where(sql<SqlBool>`customer_id = ${customerId} and id = ${id}`)
    .executeTakeFirst()
  return row !== undefined
}
