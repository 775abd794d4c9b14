create schema orders;

-- Days when a currency is worth how much of the organization's: 1 unit = rate units.
create table orders.day_rate (
  currency text not null,
  day date not null,
  rate numeric not null,
  constraint day_rate_pkey primary key (currency, day),
  constraint day_rate_positive check (rate > 0)
);
select app_distribute('orders.day_rate', 'reference');

-- Where the cost of a product is unknown, its category's margin serves.
create table orders.category (
  name text not null,
  margin_percent numeric,
  constraint category_pkey primary key (name)
);
select app_distribute('orders.category', 'reference');

create table orders.product (
  code text not null,
  name text,
  category text,
  unit_cost numeric,
  made_by_run uuid,
  updated_at timestamptz not null,
  constraint product_pkey primary key (code)
);
select app_distribute('orders.product', 'reference');

-- One order with its lines. An order is written and read whole, so its lines lie in it: a line's key is its place (decision record 0003).
-- Amounts are minor units; those without a word are in the organization's currency, `lines` and `rate` say what the customer saw.
create table orders.purchase (
  customer_id uuid not null,
  id uuid not null,
  source_id smallint not null,
  number text,
  day date not null,
  placed_at timestamptz,
  state text not null default 'placed',
  currency text not null,
  rate numeric,
  lines jsonb not null,
  revenue_minor bigint not null,
  discount_minor bigint not null,
  refund_minor bigint not null,
  discounted_minor bigint not null,
  cost_minor bigint not null,
  cost_unknown_minor bigint not null,
  channel text,
  campaign text,
  fingerprint bigint not null,
  made_by_run uuid,
  changed_by_run uuid,
  updated_at timestamptz not null,
  version int not null default 1,
  constraint purchase_pkey primary key (customer_id, id),
  constraint purchase_customer_fkey foreign key (customer_id) references customers.customer (customer_id),
  constraint purchase_source_fkey foreign key (source_id) references customers.source (id),
  constraint purchase_state_known check (state in ('placed', 'cancelled'))
);
select app_distribute('orders.purchase', 'distributed', 'customer_id', 'customers.customer');
create index purchase_by_id on orders.purchase (id);

-- What a purchase was before a run changed it, so that the run can be undone. Null `before`: it was not there.
create table orders.purchase_before (
  customer_id uuid not null,
  run_id uuid not null,
  id uuid not null,
  before jsonb,
  constraint purchase_before_pkey primary key (customer_id, run_id, id)
);
select app_distribute('orders.purchase_before', 'distributed', 'customer_id', 'customers.customer');
create index purchase_before_by_run on orders.purchase_before (run_id);

-- Sales whose customer nobody knows: counted, never lost, never attributed.
create table orders.anonymous_sale (
  id uuid not null,
  source_id smallint not null,
  number text,
  day date not null,
  currency text not null,
  rate numeric,
  lines jsonb not null,
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

-- Each customer's purchase days with their sums, compact (see orders/domain/day-list.ts). Kept current as orders arrive; a rebuild from scratch gives exactly the same.
create table orders.day_list (
  customer_id uuid not null,
  days bytea not null,
  constraint day_list_pkey primary key (customer_id)
);
select app_distribute('orders.day_list', 'distributed', 'customer_id', 'customers.customer');
