-- What each campaign brought: orders that carry one, read by their day alone, so that the table of campaigns costs what they brought and not what was ever sold.
create index purchase_by_campaign on orders.purchase (day) include (customer_id, campaign) where campaign is not null and counted;
create view orders.campaign_purchase as
  select customer_id, day, campaign from orders.purchase where campaign is not null and counted;
-- Who referred whom.
create view customers.referral as
  select customer_id as referrer_id, other_id as referred_id from customers.relation where kind = 'referrer' and side = 'first';
