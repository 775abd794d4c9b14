import { sql } from 'kysely'
import type { Actor } from '#platform/context.ts'
import type { Bench } from './bench.ts'

/** A team: how many people, and the share of all customers whom they look after together; with `least`, they look after those who are worth least. */
interface Team {
  readonly name: string
  readonly people: number
  readonly share: number
  readonly least?: true
}
export const teams = {
  large: { name: 'team of 50', people: 50, share: 0.2 },
  middle: { name: 'team of 20', people: 20, share: 0.01 },
  small: { name: 'team of 5', people: 5, share: 0.002 },
  least: { name: 'team of 20 with those who are worth least', people: 20, share: 0.01, least: true },
} as const satisfies Record<string, Team>
export type TeamName = keyof typeof teams

/** Ids that look like those of users begin so. */
const ids = '00000000-0000-4000-8000-'
const ownerId = (team: TeamName, person: number): string =>
  `${ids}${String((Object.keys(teams).indexOf(team) + 1) * 1000 + person).padStart(12, '0')}`

/** Whoever sees the customers of these people and nobody else; the first of them, where nobody is named. */
export const seeing = (owners: readonly string[], id: string = owners[0]!): Actor => ({
  kind: 'person',
  id,
  name: 'Bench',
  roles: ['agent'],
  can: () => true,
  reach: () => owners,
})

export const membersOf = (team: TeamName): readonly string[] =>
  Array.from({ length: teams[team].people }, (_, person) => ownerId(team, person))

/** Gives each team its customers, where they have none: those who are worth least to one, the others by chance of their ids. */
export async function handOut({ database, customers, say }: Pick<Bench, 'database' | 'customers' | 'say'>): Promise<void> {
  const { db } = database
  const { rows } = await sql`select 1 from customers.customer where owner_id = ${ownerId('small', 0)} limit 1`.execute(db)
  if (rows.length > 0) return
  const owner = (team: TeamName, n: ReturnType<typeof sql>) =>
    sql`(${ids}::text || lpad(((${Object.keys(teams).indexOf(team) + 1}::int * 1000) + ${n} % ${teams[team].people}::int)::text, 12, '0'))`
  const { large, middle, small, least } = teams
  const chance = sql`(('x' || right(customer_id::text, 7))::bit(28)::int / ${2 ** 28}::float8)`
  const n = sql`(('x' || left(customer_id::text, 7))::bit(28)::int)`
  await sql`
    update customers.customer c set owner_id = t.owner
    from (select customer_id, case when chance < ${large.share}::float8 then ${owner('large', sql`n`)}
        when chance < ${large.share + middle.share}::float8 then ${owner('middle', sql`n`)} else ${owner('small', sql`n`)} end as owner
      from (select customer_id, ${chance} as chance, ${n} as n from customers.customer) x
      where chance < ${large.share + middle.share + small.share}::float8) t
    where c.customer_id = t.customer_id`.execute(db)
  await sql`
    update customers.customer c set owner_id = ${owner('least', n)}
    where customer_id in (
      select b.customer_id from customers.book b join customers.customer o using (customer_id)
      where coalesce(o.owner_id, '') not like ${`${ids}%`} order by b.lifetime_value_minor, b.customer_id limit ${Math.round(customers * least.share)})`.execute(
    db,
  )
  await sql`vacuum analyze customers.customer`.execute(db)
  say('Customers handed out to people')
}
