create schema value;

-- What was spent to win or to keep customers, by campaign, segment and period.
create table value.spend (
  id uuid not null,
  campaign text,
  segment text,
  purpose text not null,
  first_day date not null,
  last_day date not null,
  amount_minor bigint not null,
  source text not null,
  made_by_run uuid,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  constraint spend_pkey primary key (id),
  constraint spend_purpose_known check (purpose in ('acquire', 'retain', 'both')),
  constraint spend_period_ordered check (first_day <= last_day)
);
select app_distribute('value.spend', 'local');
create index spend_by_period on value.spend (first_day desc, id desc);
create index spend_by_run on value.spend (made_by_run) where made_by_run is not null;

-- What a spend row was before a run changed it, so that the run can be undone.
create table value.spend_before (
  run_id uuid not null,
  id uuid not null,
  before jsonb not null,
  constraint spend_before_pkey primary key (run_id, id)
);
select app_distribute('value.spend_before', 'local');

-- Cost of serving a customer, as the modules that cause it record it: interactions now, cases and rewards later.
create table value.service_cost (
  customer_id uuid not null,
  cause text not null,
  cause_id uuid not null,
  day date not null,
  amount_minor bigint not null,
  constraint service_cost_pkey primary key (customer_id, cause, cause_id),
  constraint service_cost_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade
);
select app_distribute('value.service_cost', 'distributed', 'customer_id', 'customers.customer');

-- A valuation of the whole book: settings, fitted models, back-test, diagnostics. `models` is what rescoring one customer needs, `summary` what the screens show.
create table value.valuation (
  run_id uuid not null,
  as_of date not null,
  finished_at timestamptz not null,
  customers int not null,
  settings jsonb not null,
  models jsonb not null,
  summary jsonb not null,
  constraint valuation_pkey primary key (run_id)
);
select app_distribute('value.valuation', 'local');
create index valuation_recent on value.valuation (finished_at desc, run_id desc);

-- The dated figures of each customer. A row is written when a figure that people act on changed, so the past is kept without a copy of the book per night.
-- The tier lies in the key's index, so that a movement matrix between two dates reads nothing else. No foreign key: a bulk load of a million rows would pay for a million look-ups.
create table value.assessment (
  customer_id uuid not null,
  as_of date not null,
  run_id uuid not null,
  tier text not null,
  tier_reason text not null,
  value_label text not null,
  recency_score smallint,
  frequency_score smallint,
  monetary_score smallint,
  profit_minor bigint not null,
  lifetime_value_minor bigint not null,
  expected_spend_minor bigint not null,
  expected_orders real not null,
  probability_alive real,
  probability_ordering real,
  constraint assessment_pkey primary key (customer_id, as_of) include (tier)
);
select app_distribute('value.assessment', 'distributed', 'customer_id', 'customers.customer');

-- Customers whose orders or costs changed while the whole book was being valued: they are scored again as soon as its figures are in place.
create table value.recheck (
  customer_id uuid not null,
  requested_at timestamptz not null,
  constraint recheck_pkey primary key (customer_id)
);
select app_distribute('value.recheck', 'distributed', 'customer_id', 'customers.customer');

-- A tier by decision instead of by rank, with its reason and its end.
create table value.tier_override (
  customer_id uuid not null,
  tier text not null,
  reason text not null,
  last_day date,
  set_at timestamptz not null,
  set_by text not null,
  constraint tier_override_pkey primary key (customer_id),
  constraint tier_override_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade
);
select app_distribute('value.tier_override', 'distributed', 'customer_id', 'customers.customer');

-- Customers who cost more than they bring and are kept all the same, with the reason (network effect, popularity, referral, marginal cost near zero).
create table value.strategic_customer (
  customer_id uuid not null,
  reason text not null,
  note text,
  set_at timestamptz not null,
  set_by text not null,
  constraint strategic_customer_pkey primary key (customer_id),
  constraint strategic_customer_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade,
  constraint strategic_customer_reason_known check (reason in ('network-effect', 'popularity', 'referral', 'low-marginal-cost', 'other'))
);
select app_distribute('value.strategic_customer', 'distributed', 'customer_id', 'customers.customer');

-- For each product those that the same customers buy, nearest first, as [code, cosine] pairs; renewed by every valuation.
create table value.product_affinity (
  product text not null,
  customers int not null,
  neighbours jsonb not null,
  constraint product_affinity_pkey primary key (product)
);
select app_distribute('value.product_affinity', 'local');

-- What the home page and the benchmarks read: the latest valuation with the two parts of its summary that they show, and spend by purpose and period.
create view value.latest_valuation as
  select run_id, as_of, finished_at, customers, summary -> 'overview' as overview, summary -> 'keeping' as keeping
  from value.valuation order by finished_at desc, run_id desc limit 1;
create view value.spend_period as
  select purpose, first_day, last_day, amount_minor from value.spend;
