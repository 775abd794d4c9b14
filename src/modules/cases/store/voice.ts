import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { TimePlace } from './lists.ts'

/** Something that a customer said: by recording a case, in a message or a mail, or about how they were served. */
export interface Heard {
  readonly source: 'opened' | 'message' | 'feedback'
  readonly id: string
  readonly customerId: string
  readonly caseId: string
  readonly at: Date
  readonly text: string
  readonly satisfied: boolean | null
  readonly score: number | null
}

export interface HeardWish {
  readonly kinds: readonly string[] | null
  readonly categories: readonly string[] | null
  readonly states: readonly string[] | null
  /** Only cases of which nothing is published or about to be. */
  readonly unanswered: boolean
}

/**
 * What customers said, the newest first, behind a place. What they wrote themselves when a case was opened is its first message; what was written down for them, by telephone or at a counter, is the record. Each of the
 * three is read by an index in the order of time as far as the page goes, and their heads are put together.
 */
export async function heard(db: Db, wish: HeardWish, after: TimePlace | null, limit: number): Promise<readonly Heard[]> {
  const behind = (at: RawBuilder<unknown>, id: RawBuilder<unknown>) =>
    after ? sql`and (${at}, ${id}) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``
  const { rows } = await sql<Heard>`
    select * from (
      (select 'opened' as source, c.id, c.customer_id as "customerId", c.id as "caseId", c.opened_at as at,
        o.words->>'record.description' as text, null::boolean as satisfied, null::int as score
        from cases.case c join cases.event o on o.customer_id = c.customer_id and o.case_id = c.id and o.seq = 1
        where not c.proactive and c.channel <> 'internal' ${about(wish)} ${behind(sql`c.opened_at`, sql`c.id`)}
          and not exists (select from cases.message m where m.customer_id = c.customer_id and m.case_id = c.id and m.direction = 'in' and m.at = c.opened_at)
          and o.data->>'from' is null and o.words is not null
        order by c.opened_at desc, c.id desc limit ${limit})
      union all
      (select 'message', m.id, m.customer_id, m.case_id, m.at, m.body, null, null
        from cases.message m join cases.case c on c.customer_id = m.customer_id and c.id = m.case_id
        where m.direction = 'in' and not m.automatic ${about(wish)} ${behind(sql`m.at`, sql`m.id`)}
        order by m.at desc, m.id desc limit ${limit})
      union all
      (select 'feedback', e.case_id, e.customer_id, e.case_id, e.at, e.words->>'text', (e.data->>'satisfied')::boolean, (e.data->>'score')::int
        from cases.event e join cases.case c on c.customer_id = e.customer_id and c.id = e.case_id
        where e.kind = 'feedback' and e.words->>'text' <> '' ${about(wish)} ${behind(sql`e.at`, sql`e.case_id`)}
        order by e.at desc, e.case_id desc limit ${limit})
    ) said order by at desc, id desc limit ${limit}`.execute(db)
  return rows
}

function about({ kinds, categories, states, unanswered }: HeardWish): RawBuilder<unknown> {
  return sql`${kinds ? sql`and c.kind = any(${kinds}::text[])` : sql``}
    ${categories ? sql`and c.category = any(${categories}::text[])` : sql``}
    ${states ? sql`and c.state = any(${states}::text[])` : sql``}
    ${
      unanswered
        ? sql`and not exists (select from cases.publication_case l join cases.publication p on p.id = l.publication_id
            where l.customer_id = c.customer_id and l.case_id = c.id and p.state <> 'withdrawn')`
        : sql``
    }`
}
