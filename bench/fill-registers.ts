import { type Kysely, sql } from 'kysely'
import type { DB } from '#platform/database/tables.gen.ts'

/** How much of everything there is per customer. */
export const perCustomer = {
  interactions: 3,
  commitments: 2,
  changes: 1,
  needNotes: 0.5,
  pairs: 0.1,
  erasures: 0.001,
  facts: 2,
  looks: 1,
  news: 1,
} as const
export const needs = 3000
/** One in so many news belongs to the person with the fullest inbox; the others are spread over these. */
const people = 200

/** Somebody who is not in a team, of those who look after customers without an owner. */
const other = (n: ReturnType<typeof sql>) => sql`('00000000-0000-4000-8000-' || lpad((90000 + ${n} % 200)::text, 12, '0'))`
/** An id that only has to be one, by its number; of each kind others. */
const numbered = (kind: 'a' | 'b', n: ReturnType<typeof sql>) =>
  sql`(${`00000000-0000-4000-${kind}000-`} || lpad((${n})::text, 12, '0'))::uuid`
/** A user with an inbox; the first has the fullest. */
export const userId = (n: number): string => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`

/**
 * Years of work on a book that is there: interactions and commitments, needs, changes of archives, likely duplicates, requests to be forgotten, news, and both trails. Made by the server itself, because only
 * what is read afterwards is measured.
 */
export async function fillRegisters(db: Kysely<DB>, customers: number, now: Date): Promise<void> {
  const times = (share: number) => Math.round(customers * share)
  const at = sql`${now}::timestamptz`
  const ago = (days: number) => sql`(${at} - random() * ${days} * interval '1 day')`
  const statements = [
    // Each customer three times, as evenly as chance has it, in the order of the tables' keys.
    sql`
      insert into customers.interaction (customer_id, id, occurred_at, channel, direction, stage, summary, minutes, recorded_by, recorded_at)
      select c.customer_id, gen_random_uuid(), ${ago(1100)}, (array['call','email','visit','chat'])[1 + (random() * 3)::int], case when random() < 0.6 then 'out' else 'in' end,
        (array['before','during','after'])[1 + (random() * 2)::int], 'Asked when the next delivery comes', (random() * 30)::int, coalesce(c.owner_id, 'bench'), ${at}
      from customers.customer c cross join generate_series(1, ${perCustomer.interactions}::int)`,
    // One in five is open: most of these are due in the coming three months, some are late, some have no date; one in eight takes place at a time.
    sql`
      insert into commitments.commitment (customer_id, id, kind, title, owner_id, requested_by, due_day, due_at, starts_at, ends_at, channel, purpose, ours, state, closed_at, closed_by,
        created_at, created_by)
      select customer_id, gen_random_uuid(), kind, 'Send the new price list', owner, case when random() < 0.8 then owner else other end, at::date, at,
        case when kind in ('visit', 'appointment') then at end, case when kind in ('visit', 'appointment') then at + interval '1 hour' end,
        case when random() < 0.5 then 'call' end, case when kind = 'visit' then 'To learn what is planned' end, case when random() < 0.02 then array[other] else '{}' end,
        case when open then 'open' else 'done' end, case when not open then coalesce(at, ${at}) end, case when not open then owner end, ${ago(1100)}, owner
      from (
        select *, case when random() < 0.05 and kind not in ('visit', 'appointment') then null
          when open then ${at} + (random() * 120 - 30) * interval '1 day' else ${ago(1100)} end as at
        from (
          select c.customer_id, (array['task','task','task','promise','task','promise','visit','appointment'])[1 + floor(random() * 8)::int] as kind, random() < 0.2 as open,
            coalesce(c.owner_id, ${other(sql`(random() * 1e6)::int`)}) as owner, ${other(sql`(random() * 1e6)::int`)} as other
          from customers.customer c cross join generate_series(1, ${perCustomer.commitments}::int)) x) y`,
    sql`
      insert into customers.need (id, text, key, category, state, created_at, created_by)
      select ${numbered('a', sql`n`)}, 'Delivery before ' || n, 'delivery before ' || n, 'delivery', (array['open','open','planned','answered'])[1 + n % 4], ${at}, 'bench'
      from generate_series(1, ${needs}::int) n`,
    // Some needs are everybody's, most are a few customers'.
    sql`
      insert into customers.need_note (customer_id, need_id, interaction_id, noted_at, noted_by)
      select customer_id, ${numbered('a', sql`(1 + floor(${needs}::int * random() ^ 3)::int)`)}, gen_random_uuid(), ${ago(1100)}, 'bench'
      from customers.customer where random() < ${perCustomer.needNotes}::float8`,
    sql`
      insert into customers.change (customer_id, id, field, before, after, changed_at, changed_by)
      select customer_id, gen_random_uuid(), field, '"before"', '"after"', at, 'bench'
      from (select customer_id, (array['phone','email','city','address','ownerId','tags','note','birthday','company','name'])[1 + floor(10 * random() ^ 2)::int] as field, ${ago(90)} as at
        from customers.customer cross join generate_series(1, ${perCustomer.changes}::int)) x order by at`,
    sql`
      insert into customers.duplicate (customer_id, other_id, score, reasons, state, run_id, found_at)
      select least(a, b), greatest(a, b), (array[0.8, 0.9, 0.95, 0.97, 0.99, 1])[1 + floor(random() * 6)::int], '["same-name"]', (array['open','open','open','later','different'])[1 + (random() * 4)::int],
        gen_random_uuid(), ${at}
      from (select customer_id as a, lead(customer_id) over (order by md5(customer_id::text)) as b from customers.customer where random() < ${perCustomer.pairs}::float8) x
      where b is not null on conflict do nothing`,
    sql`
      insert into customers.erasure (customer_id, id, state, reason, requested_by, requested_at)
      select customer_id, gen_random_uuid(), (array['requested','done','withdrawn'])[1 + (random() * 2)::int], 'Asked by letter', 'bench', ${ago(400)}
      from customers.customer where random() < ${perCustomer.erasures}::float8`,
    sql`
      insert into platform."user" (id, name, email, email_verified, created_at, updated_at)
      select ('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid, 'Person ' || n, 'person' || n || '@example.com', true, ${at}, ${at} from generate_series(0, ${people}::int) n`,
    // Ids follow the time, as the product's do. Most are read.
    sql`
      insert into organization.notification (user_id, id, kind, "values", link, created_at, read_at)
      select ('00000000-0000-4000-9000-' || lpad((case when random() < 0.1 then 0 else 1 + floor(random() * ${people}::int)::int end)::text, 12, '0'))::uuid, 
        (lpad(to_hex(n), 12, '0') || '70008' || substr(md5(n::text), 1, 15))::uuid, 'commitments.assigned', '{"title": "Send the new price list"}', '/my-day', ${at} - (${times(perCustomer.news)}::int - n) * interval '10 seconds',
        case when random() < 0.98 then ${at} end
      from generate_series(1, ${times(perCustomer.news)}::int) n`,
    sql`
      insert into platform.fact (occurred_at, name, customer_id, actor, payload, block)
      select ${at} - (${times(perCustomer.facts)}::int - n) * interval '20 seconds', (array['customers.touched','customers.archive-changed','commitments.made','platform.write-carried-out'])[1 + floor(4 * random() ^ 2)::int],
        ${numbered('b', sql`n % ${customers}::int`)}, case when random() < 0.001 then 'rare' else ${other(sql`(random() * 1e6)::int`)} end, '{"version": 2}', n / 1000
      from generate_series(1, ${times(perCustomer.facts)}::int) n`,
    sql`
      insert into platform.personal_read (occurred_at, hour, name, customer_id, actor, payload, block)
      select ${at} - (${times(perCustomer.looks)}::int - n) * interval '40 seconds', n / 90, 'customer-seen', ${numbered('b', sql`n`)}, ${other(sql`n`)}, '{}', n / 1000
      from generate_series(1, ${times(perCustomer.looks)}::int) n`,
  ]
  for (const statement of statements) await statement.execute(db)
  await sql`vacuum analyze`.execute(db)
}
