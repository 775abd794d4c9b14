create schema customers;

-- Where records come from: an import source by name, an API client, or the hand of a user (1).
create table customers.source (
  id smallint not null,
  name text not null,
  constraint source_pkey primary key (id),
  constraint source_name_key unique (name)
);
select app_distribute('customers.source', 'reference');
insert into customers.source (id, name) values (1, 'hand');

-- The archive's first two groups: basic and extended. A value set by hand wins over a source; what each source says is kept in source_record.
create table customers.customer (
  customer_id uuid not null,
  kind text not null default 'person',
  name text not null,
  given_name text,
  family_name text,
  company text,
  email text,
  phone text,
  gender text,
  birthday date,
  language text,
  address text,
  city text,
  region text,
  country text,
  postcode text,
  owner_id text,
  tags text[] not null default '{}',
  note text,
  extended jsonb not null default '{}',
  hand_fields text[] not null default '{}',
  profiling boolean not null default true,
  made_by_run uuid,
  changed_by_run uuid,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  version int not null default 1,
  constraint customer_pkey primary key (customer_id),
  constraint customer_kind_known check (kind in ('person', 'company'))
);
select app_distribute('customers.customer', 'distributed', 'customer_id');

-- What each source says about a customer, under the name that the source gave them.
create table customers.source_record (
  customer_id uuid not null,
  source_id smallint not null,
  external_key text not null,
  fields jsonb not null default '{}',
  run_id uuid,
  seen_at timestamptz not null,
  constraint source_record_pkey primary key (customer_id, source_id, external_key),
  constraint source_record_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade,
  constraint source_record_source_fkey foreign key (source_id) references customers.source (id)
);
select app_distribute('customers.source_record', 'distributed', 'customer_id', 'customers.customer');

-- Third group: people who matter around the customer.
create table customers.key_person (
  customer_id uuid not null,
  id uuid not null,
  name text not null,
  role text,
  email text,
  phone text,
  birthday date,
  note text,
  created_at timestamptz not null,
  constraint key_person_pkey primary key (customer_id, id),
  constraint key_person_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade
);
select app_distribute('customers.key_person', 'distributed', 'customer_id', 'customers.customer');

-- Fourth group: competitors that the customer also buys from.
create table customers.used_competitor (
  customer_id uuid not null,
  id uuid not null,
  name text not null,
  share_percent smallint,
  note text,
  created_at timestamptz not null,
  constraint used_competitor_pkey primary key (customer_id, id),
  constraint used_competitor_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade,
  constraint used_competitor_share_range check (share_percent between 0 and 100)
);
select app_distribute('customers.used_competitor', 'distributed', 'customer_id', 'customers.customer');

-- Every change of an archive: who, when, from, to.
create table customers.change (
  customer_id uuid not null,
  id uuid not null,
  field text not null,
  before jsonb,
  after jsonb,
  changed_at timestamptz not null,
  changed_by text not null,
  run_id uuid,
  constraint change_pkey primary key (customer_id, id),
  constraint change_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade
);
select app_distribute('customers.change', 'distributed', 'customer_id', 'customers.customer');

-- Words by which a customer is found: a prefix match on any key finds the customer (see the platform's normalise-key).
create table customers.search_key (
  customer_id uuid not null,
  key text collate "C" not null,
  constraint search_key_pkey primary key (customer_id, key)
);
select app_distribute('customers.search_key', 'distributed', 'customer_id', 'customers.customer');
create index search_key_by_key on customers.search_key (key, customer_id);

-- One touch on the timeline: call, visit, chat, mail, …
create table customers.interaction (
  customer_id uuid not null,
  id uuid not null,
  occurred_at timestamptz not null,
  channel text not null,
  direction text not null,
  stage text not null,
  summary text not null,
  minutes int not null default 0,
  cost_minor bigint not null default 0,
  recorded_by text not null,
  recorded_at timestamptz not null,
  constraint interaction_pkey primary key (customer_id, id),
  constraint interaction_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade,
  constraint interaction_direction_known check (direction in ('in', 'out')),
  constraint interaction_stage_known check (stage in ('before', 'during', 'after'))
);
select app_distribute('customers.interaction', 'distributed', 'customer_id', 'customers.customer');
create index interaction_by_time on customers.interaction (customer_id, occurred_at desc, id desc);

-- The book: one narrow row per customer with the figures that lists sort and filter by. Derived, can be rebuilt; each figure's owner writes it through the customers module.
create table customers.book (
  customer_id uuid not null,
  name_key text collate "C" not null,
  kind text not null,
  city text,
  owner_id text,
  tags text[] not null default '{}',
  created_at timestamptz not null,
  completeness smallint not null default 0,
  orders int not null default 0,
  first_order_day date,
  last_order_day date,
  revenue_minor bigint not null default 0,
  profit_minor bigint not null default 0,
  activity text not null default 'none',
  tier text not null default 'iron',
  value_label text not null default 'low',
  segment text,
  recency_score smallint,
  frequency_score smallint,
  monetary_score smallint,
  probability_alive real,
  probability_ordering real,
  expected_orders real,
  expected_spend_minor bigint,
  lifetime_value_minor bigint not null default 0,
  valued_on date,
  constraint book_pkey primary key (customer_id)
);
select app_distribute('customers.book', 'distributed', 'customer_id', 'customers.customer');
create index book_by_name on customers.book (name_key, customer_id);
create index book_by_lifetime_value on customers.book (lifetime_value_minor desc, customer_id);
create index book_by_profit on customers.book (profit_minor desc, customer_id);
create index book_by_revenue on customers.book (revenue_minor desc, customer_id);
create index book_by_last_order on customers.book (last_order_day desc nulls last, customer_id);
create index book_by_created on customers.book (created_at desc, customer_id);

-- A list as somebody likes to see it: search, filters, sort and columns under a name.
create table customers.saved_view (
  id uuid not null,
  user_id text not null,
  name text not null,
  definition jsonb not null,
  created_at timestamptz not null,
  constraint saved_view_pkey primary key (id),
  constraint saved_view_name_key unique (user_id, name)
);
select app_distribute('customers.saved_view', 'local');
