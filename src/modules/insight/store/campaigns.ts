import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

export interface CampaignFigures {
  readonly campaign: string
  readonly firstOrders: number
  readonly secondPurchases: number
  readonly referred: number
}

/**
 * What campaigns made of the customers whom they won since a day: how many first bought with one, how many of those bought on a later day, and how many customers those referred, each
 * counted once per campaign. Two campaigns on the first day of the same customer: the first by name has won them.
 */
export async function campaignFigures(db: Db, from: string, limit: number): Promise<CampaignFigures[]> {
  const { rows } = await sql<CampaignFigures>`
    with won as materialized (
      select p.customer_id, min(p.campaign) as campaign, bool_or(b.last_order_day > b.first_order_day) as again
      from orders.campaign_purchase p join customers.book b on b.customer_id = p.customer_id and b.first_order_day = p.day
      where p.day >= ${from}::date group by p.customer_id
    ), brought as (
      select w.campaign, count(distinct r.referred_id) as referred
      from won w join customers.referral r on r.referrer_id = w.customer_id group by w.campaign
    )
    select campaign, count(*)::int as "firstOrders", (count(*) filter (where again))::int as "secondPurchases",
      coalesce(max(b.referred), 0)::int as referred
    from won left join brought b using (campaign) group by campaign order by count(*) desc, campaign limit ${limit}`.execute(db)
  return rows
}
