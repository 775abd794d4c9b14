import { type Kysely, sql } from 'kysely'
import type { DB } from '#platform/database/tables.gen.ts'

/** Of this many complaints a report is asked; there are as many cases of other kinds. */
export const complaints = 500_000
const years = 3
const departmentCount = 20
const handlers = 200

/** A number below `m` that depends on the case and on what is asked alone, so that every table tells the same story. */
const pick = (what: number, m: number) => sql`((hashint8extended(n, ${sql.lit(what)}) & 1073741823) % ${sql.lit(m)})`
const oneOf = (what: number, values: readonly (string | null)[]) =>
  sql`(${sql.lit(`{${values.map((value) => value ?? 'NULL').join(',')}}`)}::text[])[1 + ${pick(what, values.length)}]`
const idOf = sql`(lpad(to_hex(n), 12, '0') || '70008' || substr(md5(n::text), 1, 15))::uuid`

/** Reasons with their categories, the common ones several times. */
const matters = [
  ...Array<string>(8).fill('freight/damage'),
  ...Array<string>(5).fill('contract/delivery-time'),
  ...Array<string>(4).fill('product-quality/defect'),
  ...Array<string>(2).fill('service/attitude'),
  'product-quality/failure',
  'freight/loss',
  'contract/quantity',
  'contract/settlement',
  'service/skill',
] as const

/**
 * The facts of case n: half complaints, half others, spread over three years, more of them lately; 2 in 100 are open, the later the likelier, and of these three in ten are nobody's. Customers and
 * departments are those that are there. Each is worked out from n alone.
 */
function facts(count: number, customers: number, now: Date) {
  const at = sql`${now}::timestamptz`
  return sql`
    select *, split_part(matter, '/', 1) as category, split_part(matter, '/', 2) as reason, case when isopen then null else received_at + settle * interval '1 second' end as settled_at,
      case when isopen and holder < 3 then null else handler end as owner
    from (
      select n, ${idOf} as id, c.customer_id, ${at} - interval '1 hour' - ${sql.lit(years * 365)} * interval '1 day' * (1 - n / ${count}::float8) ^ 1.2 as received_at,
        n % 2 = 0 as complaint, 1 + ${pick(17, 4)} as severity, ${pick(18, 10)} as holder, ${oneOf(1, matters)} as matter, ${oneOf(2, ['slow-response', 'inconvenient', 'unreliable', 'neglected', 'unprofessional', null])} as dissatisfaction,
        ${oneOf(3, ['people', 'method', 'material', 'machine', 'information', 'partner', null, null])} as cause, 'P-' || (${pick(4, 40)} * ${pick(5, 40)}) as product,
        ${oneOf(6, ['platinum', 'gold', 'gold', 'iron', 'iron', 'lead', null])} as tier, ${oneOf(7, ['founded', 'founded', 'partly', 'unfounded'])} as finding,
        (select array_agg(id order by id) from organization.department) as departments, ${pick(8, 1000)} as fate, ${pick(9, 100_000)} as answer,
        (${pick(10, 1000)} * ${pick(11, 1000)})::int as settle, ${pick(12, 60)} as minutes, ${pick(13, 20_000)} as remedy, n > ${count}::int * 0.9 and ${pick(14, 5)} = 0 as isopen,
        ('00000000-0000-4000-9000-' || lpad((${pick(15, handlers)})::text, 12, '0')) as handler, 1 + ${pick(19, departmentCount)} as place
      from generate_series(1, ${count}::int) n
      join (select customer_id, row_number() over (order by customer_id) - 1 as place from customers.customer) c on c.place = ${pick(20, customers)}
    ) x`
}

/** Years of cases, with the events that a page needs, what reports count of them, and the words of the archive. Made by the server itself, because only what is read afterwards is measured. */
export async function fillCases(db: Kysely<DB>, now: Date, count = complaints): Promise<number> {
  const all = count * 2
  const { rows } = await sql<{ customers: number }>`select count(*)::int as customers from customers.customer`.execute(db)
  await fillDepartments(db)
  const from = sql`(${facts(all, rows[0]!.customers, now)}) f`
  const department = sql`departments[1 + place % cardinality(departments)]`
  const kind = sql`case when complaint then 'complaint' else 'enquiry' end`
  const state = sql`case when isopen then 'open' else 'closed' end`
  const step = sql`case when not complaint then 'answer' when isopen then 'validity' else 'review' end`
  const answered = sql`received_at + answer * interval '1 second'`
  const said = (path: string, text: ReturnType<typeof sql>) => sql`jsonb_build_object(${sql.lit(path)}, ${text})`
  const subject = sql`'Case ' || n || ' ' || reason`
  const statements = [
    sql`
      insert into cases.case (customer_id, id, number, kind, process_key, process_version, step, state, subject, channel, category, reason, severity, finding, owner_id, department_id, product_code, tier,
        rank_at, late, received_at, opened_at, opened_by, acknowledged_at, answered_at, resolved_at, closed_at, reopened, satisfied, remedy_minor, minutes, version)
      select customer_id, id, to_char(received_at, 'YYYY') || '-' || lpad(n::text, 6, '0'), ${kind}, ${kind}, 1, ${step}, ${state}, ${subject}, 'phone', category, reason, severity, finding, owner, ${department},
        product, tier, received_at + interval '2 days' - (4 - severity) * interval '8 hours', fate < 80, received_at, received_at, handler, ${answered}, ${answered}, settled_at, settled_at, (fate < 30)::int, fate % 3 > 0, remedy, minutes, 3 from ${from} order by n`,
    sql`
      insert into cases.event (customer_id, case_id, seq, kind, data, words, at, by)
      select customer_id, id, 1, 'opened', jsonb_build_object('kind', ${kind}, 'process', jsonb_build_object('key', ${kind}, 'version', 1), 'step', case when complaint then 'record' else 'answer' end,
        'number', to_char(received_at, 'YYYY') || '-' || lpad(n::text, 6, '0'), 'policy', null, 'ownerId', owner, 'departmentId', ${department}, 'repeatOf', null, 'proactive', false, 'from', null, 'regimes', '[]'::jsonb,
        'record', jsonb_build_object('channel', 'phone', 'language', null, 'category', category, 'reason', reason, 'dissatisfaction', dissatisfaction, 'mood', null, 'severity', severity, 'target',
          jsonb_build_object('kind', 'company', 'userId', null, 'departmentId', null), 'demand', jsonb_build_object('kind', 'refund', 'amountMinor', null), 'orderId', null, 'productCode', product, 'receivedAt', received_at, 'fileIds', '[]'::jsonb)),
        '{"record.complainant": null, "record.accessibility": null, "record.target.name": null, "record.demand.text": null}'::jsonb ||
        ${said('record.subject', subject)} || ${said('record.description', sql`'What happened in case ' || n || ', told at length as customers do: it came late, the box was wet, and nobody answered the phone.'`)},
        received_at, handler from ${from} order by n`,
    sql`
      insert into cases.event (customer_id, case_id, seq, kind, data, words, at, by)
      select customer_id, id, 2, 'acknowledged', '{"sent": "hand", "answerBy": null}', ${said('text', sql`'We look into it'`)}, ${answered}, handler from ${from} where complaint order by n`,
    sql`
      insert into cases.event (customer_id, case_id, seq, kind, data, words, at, by)
      select customer_id, id, 3, 'closed', '{"costMinor": 0}', '{}', settled_at, handler from ${from} where not isopen order by n`,
    sql`
      insert into cases.figure (customer_id, case_id, received_on, closed_on, kind, state, category, reason, dissatisfaction, cause, department_id, product_code, tier, finding, late, reopened, repeated, satisfied,
        minutes, remedy_minor, goodwill_minor, recovered_minor, answer_seconds, settle_seconds, closing)
      select customer_id, id, received_at::date, settled_at::date, ${kind}, ${state}, category, reason, dissatisfaction, cause, ${department}, product, tier, finding, fate < 80, (fate < 30)::int, fate % 25 = 0,
        fate % 3 > 0, minutes, remedy, remedy / 10, remedy / 20, answer, case when isopen then null else settle end,
        case when isopen then null when settle < 259200 then 'three-days' when settle < 4838400 then 'eight-weeks' else 'later' end from ${from} order by n`,
    sql`drop index cases.archive_by_words`,
    // Twenty-odd words of a case, common ones more often; two Chinese characters each in every second one.
    sql`
      insert into cases.archive (customer_id, case_id, ended_at, kind, words)
      select customer_id, id, settled_at, ${kind}, (
        select string_agg('''' || w || ''':' || i, ' ' order by i) from (
          select i, case when n % 2 = 0 then chr(19968 + (3000 * power((hashint8extended(n, i) & 1048575) / 1048576.0, 3))::int) || chr(19968 + ((hashint8extended(n, i) >> 21) & 127)::int)
            else 'word' || (20000 * power((hashint8extended(n, i) & 1048575) / 1048576.0, 3))::int end as w
          from generate_series(1, 24) i) words)::tsvector
      from ${from} where not isopen order by n`,
    sql`create index archive_by_words on cases.archive using gin (words)`,
  ]
  for (const statement of statements) await statement.execute(db)
  await sql`vacuum analyze cases.case`.execute(db)
  await sql`vacuum analyze cases.event`.execute(db)
  await sql`vacuum analyze cases.figure`.execute(db)
  await sql`vacuum analyze cases.archive`.execute(db)
  return all
}

/** Departments for the cases to lie in, each with a team of those who handle them. */
async function fillDepartments(db: Kysely<DB>): Promise<void> {
  const n = sql`('00000000-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid`
  const place = sql`('00000000-0000-4000-9001-' || lpad(place::text, 12, '0'))::uuid`
  for (const statement of [
    sql`
      insert into platform."user" (id, name, email, email_verified, created_at, updated_at)
      select ${n}, 'Handler ' || n, 'handler-' || n || '@example.com', true, now(), now() from generate_series(0, ${handlers - 1}::int) n on conflict do nothing`,
    sql`
      insert into organization.department (id, name, changed_at) select ${place}, 'Department ' || place, now() from generate_series(1, ${departmentCount}::int) place`,
    sql`
      insert into organization.team (id, department_id, name, changed_at) select ${place}, ${place}, 'Team', now() from generate_series(1, ${departmentCount}::int) place`,
    sql`
      insert into organization.team_member (team_id, user_id) select ${place}, ${n} from (select n, 1 + n % ${departmentCount} as place from generate_series(0, ${handlers - 1}::int) n) x`,
  ])
    await statement.execute(db)
}
