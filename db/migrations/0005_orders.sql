create schema orders;

-- Days when a currency is worth how much of the organization's: 1 unit = rate units.
create table orders.day_rate (
  currency text not null,
  day date not null,
  rate numeric not null,
  run_id uuid,
  updated_at timestamptz not null,
  constraint day_rate_pkey primary key (currency, day),
  constraint day_rate_positive check (rate > 0)
);
select app_distribute('orders.day_rate', 'reference');

-- Where the cost of a product is unknown, its category's margin serves.
create table orders.category (
  name text not null,
  margin_percent numeric,
  run_id uuid,
  updated_at timestamptz not null,
  constraint category_pkey primary key (name),
  constraint category_margin_range check (margin_percent between -100 and 100)
);
select app_distribute('orders.category', 'reference');

-- `run_id` is the run that wrote the row last, null where a person did.
create table orders.product (
  code text not null,
  name text,
  category text,
  unit_cost numeric,
  run_id uuid,
  updated_at timestamptz not null,
  constraint product_pkey primary key (code)
);
select app_distribute('orders.product', 'reference');

-- What a row of the three tables above was before a run wrote it, so that the run can be undone. Null `before`: it was not there.
create table orders.catalogue_before (
  run_id uuid not null,
  kind text not null,
  key text not null,
  before jsonb,
  constraint catalogue_before_pkey primary key (run_id, kind, key),
  constraint catalogue_before_kind_known check (kind in ('product', 'category', 'rate'))
);
select app_distribute('orders.catalogue_before', 'local');

-- One order with its lines. An order is written and read whole, so its lines lie in it as text, one line per line (see orders/domain/lines.ts): a line's key is its
-- place, and loading millions costs a sixth of what jsonb costs. Amounts are minor units of the organization's currency; `currency` (null: the organization's)
-- and `rate` say what the customer saw. `counted`: it is a purchase, with at least one line of positive quantity, and not cancelled. No foreign keys: each would be checked row by row in a load of millions; orders and their customers are written in one
-- transaction, and the doctor looks for orphans.
create table orders.purchase (
  customer_id uuid not null,
  id uuid not null,
  source_id smallint not null,
  number text,
  day date not null,
  placed_at timestamptz,
  cancelled boolean not null default false,
  counted boolean not null,
  refund_of uuid,
  currency text,
  rate numeric,
  lines text not null,
  revenue_minor bigint not null,
  discount_minor bigint not null default 0,
  refund_minor bigint not null,
  discounted_minor bigint not null default 0,
  cost_minor bigint not null default 0,
  cost_unknown_minor bigint not null,
  channel text,
  campaign text,
  by_hand boolean not null default false,
  fingerprint bigint not null,
  made_by_run uuid,
  changed_by_run uuid,
  updated_at timestamptz not null default now(),
  version int not null default 1,
  constraint purchase_pkey primary key (customer_id, id)
);
select app_distribute('orders.purchase', 'distributed', 'customer_id', 'customers.customer');
create index purchase_by_id on orders.purchase (id);
create index purchase_by_day on orders.purchase (day);

-- What a purchase was before a run changed it, so that the run can be undone.
create table orders.purchase_before (
  customer_id uuid not null,
  run_id uuid not null,
  id uuid not null,
  before jsonb not null,
  constraint purchase_before_pkey primary key (customer_id, run_id, id)
);
select app_distribute('orders.purchase_before', 'distributed', 'customer_id', 'customers.customer');

-- What a source says about an order that was changed by hand since: the hand wins, both are kept.
create table orders.source_version (
  customer_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  content jsonb not null,
  seen_at timestamptz not null,
  constraint source_version_pkey primary key (customer_id, id, run_id)
);
select app_distribute('orders.source_version', 'distributed', 'customer_id', 'customers.customer');

-- Sales whose customer nobody knows: counted, never lost, never attributed.
create table orders.anonymous_sale (
  id uuid not null,
  source_id smallint not null,
  number text,
  day date not null,
  currency text,
  rate numeric,
  line_count int not null,
  lines text not null,
  revenue_minor bigint not null,
  discount_minor bigint not null,
  refund_minor bigint not null,
  fingerprint bigint not null,
  made_by_run uuid,
  changed_by_run uuid,
  updated_at timestamptz not null,
  constraint anonymous_sale_pkey primary key (id)
);
select app_distribute('orders.anonymous_sale', 'local');
create index anonymous_sale_by_day on orders.anonymous_sale (day);

-- What these sales come to by month (its first day), kept current in the transactions that write them, so that no page reads millions of sales.
create table orders.anonymous_month (
  month date not null,
  sales bigint not null,
  lines bigint not null,
  revenue_minor bigint not null,
  discount_minor bigint not null,
  refund_minor bigint not null,
  constraint anonymous_month_pkey primary key (month)
);
select app_distribute('orders.anonymous_month', 'local');

create table orders.anonymous_before (
  run_id uuid not null,
  id uuid not null,
  before jsonb not null,
  constraint anonymous_before_pkey primary key (run_id, id)
);
select app_distribute('orders.anonymous_before', 'local');

-- Each customer's purchase days with their sums, compact (see orders/domain/day-list.ts). Kept current as orders arrive; a rebuild from scratch gives exactly the same.
create table orders.day_list (
  customer_id uuid not null,
  days bytea not null,
  constraint day_list_pkey primary key (customer_id)
);
select app_distribute('orders.day_list', 'distributed', 'customer_id', 'customers.customer');
