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
  constraint spend_pkey primary key (id),
  constraint spend_purpose_known check (purpose in ('acquire', 'retain', 'both')),
  constraint spend_period_ordered check (first_day <= last_day)
);
select app_distribute('value.spend', 'local');
create index spend_by_period on value.spend (first_day, id);

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

-- A valuation of the whole book: settings, fitted models, back-test, diagnostics.
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
create index valuation_recent on value.valuation (finished_at desc);

-- The dated figures of each customer. A row is written when a figure that people act on changed, so the past is kept without a copy of the book per night.
create table value.assessment (
  customer_id uuid not null,
  as_of date not null,
  run_id uuid,
  tier text not null,
  value_label text not null,
  tier_reason text not null,
  profit_minor bigint not null,
  lifetime_value_minor bigint not null,
  figures jsonb not null,
  constraint assessment_pkey primary key (customer_id, as_of)
);
select app_distribute('value.assessment', 'distributed', 'customer_id', 'customers.customer');

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
