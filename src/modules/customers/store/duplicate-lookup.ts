import { sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { fold, searchKeys } from '#platform/tabular/normalise-key.ts'
import { type Compared, type ComparedFields, comparedOf, type NameForms } from '../domain/duplicates.ts'
import { these } from './these.ts'

/** A text folded, and with its Han characters read. */
export function nameForms(text: string): NameForms {
  const folded = fold(text)
  if (!/\p{Script=Han}/u.test(folded)) return { folded, reading: folded }
  return { folded, reading: searchKeys(text).find((key) => /^[a-z]/.test(key)) ?? folded }
}

/** Fields as they are compared. */
export const compared = (fields: ComparedFields): Compared => comparedOf(fields, nameForms)

const columns = sql`c.customer_id as id, c.kind, c.name, c.email, c.phone, c.birthday, c.postcode, c.city, c.address, c.company, c.gender,
  w.emails as "furtherEmails", w.phones as "furtherPhones"`
/** Further ways to reach them, telephone numbers as the world writes them where that can be told. */
const ways = sql`cross join lateral (
  select coalesce(array_agg(coalesce(p.comparable, p.value)) filter (where p.kind = 'email'), '{}') as emails,
    coalesce(array_agg(coalesce(p.comparable, p.value)) filter (where p.kind = 'phone'), '{}') as phones
  from customers.contact_point p where p.customer_id = c.customer_id and p.person_id is null and p.value is not null) w`

/** Some customers as they are compared, by id; those who are no more, or were erased, are missing. */
export async function comparedCustomers(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Compared>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<ComparedFields>`
    select ${columns} from ${these(ids)} join customers.customer c using (customer_id) ${ways} where c.erased_at is null`.execute(db)
  return new Map(rows.map((row) => [row.id, compared(row)]))
}

/** The next customers in the order of their ids. */
export async function nextCompared(db: Db, after: string | null, limit: number): Promise<readonly Compared[]> {
  const { rows } = await sql<ComparedFields>`
    select ${columns} from customers.customer c ${ways} where c.customer_id > ${after ?? zero}::uuid and c.erased_at is null
    order by c.customer_id limit ${sql.lit(limit)}`.execute(db)
  return rows.map(compared)
}

const zero = '00000000-0000-0000-0000-000000000000'

/** On row `c`: those whom a run made or changed, and those whom it gave a further way to be reached. */
const isOfRun = (runId: string) => sql`(c.made_by_run = ${runId}::uuid or c.changed_by_run = ${runId}::uuid
  or c.customer_id in (select p.customer_id from customers.contact_point p where p.made_by_run = ${runId}::uuid))`

/** Those of a run, in the order of their ids. */
export async function nextOfRun(db: Db, runId: string, after: string | null, limit: number): Promise<readonly ComparedFields[]> {
  const { rows } = await sql<ComparedFields>`
    select ${columns} from customers.customer c ${ways}
    where ${isOfRun(runId)} and c.customer_id > ${after ?? zero}::uuid and c.erased_at is null
    order by c.customer_id limit ${sql.lit(limit)}`.execute(db)
  return rows
}

/** Whether they are more than so many. */
export async function hasMoreOfRun(db: Db, runId: string, limit: number): Promise<boolean> {
  const { rows } = await sql`
    select 1 from customers.customer c where ${isOfRun(runId)} offset ${sql.lit(limit)} limit 1`.execute(db)
  return rows.length > 0
}

/** At most so many are looked at per name, address or number: more have a name that says nothing. */
const perKey = 30

/**
 * Pairs of the given with customers who are there and have an e-mail address, a telephone number or a name in common with them, by the indexes of the search; each `one` is the place of a given.
 */
export async function withSameKeys(
  db: Db,
  given: readonly Looked[],
  reach: Reach,
): Promise<readonly { readonly one: number; readonly id: string }[]> {
  const wanted = given.flatMap((fields, one) => keysOf(fields).map((key) => ({ one, key })))
  if (wanted.length === 0) return []
  const limit = sql`limit ${sql.lit(perKey)}`
  const { rows } = await sql<{ one: number; id: string }>`
    select distinct x.one, f.customer_id as id
    from unnest(${wanted.map(({ one }) => one)}::int[], ${wanted.map(({ key }) => key)}::text[]) as x (one, key)
    cross join lateral (
      (select customer_id from customers.search_key k where k.key = x.key collate "C" ${limit})
      union (select customer_id from customers.customer n where n.name_key = x.key collate "C" ${limit})
      union (select customer_id from customers.customer n where n.name_key > (x.key || ' ') collate "C" and n.name_key < (x.key || '!') collate "C" ${limit})) f
    ${reach === 'all' ? sql`` : sql`join customers.customer c on c.customer_id = f.customer_id and c.owner_id = any(${reach}::text[])`}`.execute(
    db,
  )
  return rows
}

type Looked = Pick<ComparedFields, 'name' | 'email' | 'phone' | 'furtherEmails' | 'furtherPhones'>

function keysOf({ name, email, phone, furtherEmails, furtherPhones }: Looked): readonly string[] {
  const { folded, reading } = nameForms(name)
  const words = folded.match(/[\p{L}\p{N}]+/gu) ?? []
  const turned = words.length === 2 ? [`${words[1]} ${words[0]}`, `${words[0]}${words[1]}`, `${words[1]}${words[0]}`] : []
  const names = [...folded].length > 1 ? [folded.slice(0, 60), reading.slice(0, 60), ...turned] : []
  const numbers = [phone ?? '', ...furtherPhones]
    .flatMap(searchKeys)
    .filter((key) => /^\d{7,}$/.test(key))
    .flatMap(withAndWithoutZero)
  const emails = [email ?? '', ...furtherEmails].flatMap((text) => searchKeys(text).slice(0, 1))
  return [...new Set([...names, ...emails, ...numbers])]
}

/** Some write the zero before an area, some do not. */
const withAndWithoutZero = (figures: string): readonly string[] =>
  figures.startsWith('0') ? [figures, figures.slice(1)] : [figures, `0${figures}`]
