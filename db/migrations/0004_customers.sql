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
-- source_id and external_key are who made the customer known first and under what name; further names are in source_record.
-- name_key is the name as it is sorted and found (folded, Han by pinyin); what finds a customer beyond its beginning is in search_key.
create table customers.customer (
  customer_id uuid not null,
  kind text not null default 'person',
  name text not null,
  name_key text collate "C" not null,
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
  completeness smallint not null default 0,
  source_id smallint,
  external_key text,
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
-- What lists sort and filter by and people type lies here; what is computed lies in the book, which a valuation writes anew without touching these indexes.
create index customer_by_name on customers.customer (name_key, customer_id);
create index customer_by_created on customers.customer (created_at, customer_id);
create index customer_by_city on customers.customer (city) where city is not null;
create index customer_by_owner on customers.customer (owner_id) where owner_id is not null;
create index customer_without_profiling on customers.customer (customer_id) where not profiling;
create index customer_by_tag on customers.customer using gin (tags) where tags <> '{}';

-- What each source says about a customer, under the name that the source gave them; a source that only names the customer says nothing. Without foreign keys: a row is only made together with its customer, and
-- checking them would take four fifths of the time of a bulk load.
create table customers.source_record (
  customer_id uuid not null,
  source_id smallint not null,
  external_key text not null,
  fields jsonb not null default '{}',
  run_id uuid,
  seen_at timestamptz not null,
  constraint source_record_pkey primary key (customer_id, source_id, external_key)
);
select app_distribute('customers.source_record', 'distributed', 'customer_id', 'customers.customer');

-- What a source said of a customer who was there before a run brought its newer words, so that the run can be undone. Null `before`: the source had said nothing.
create table customers.source_record_before (
  customer_id uuid not null,
  run_id uuid not null,
  source_id smallint not null,
  external_key text not null,
  before jsonb,
  constraint source_record_before_pkey primary key (customer_id, run_id, source_id, external_key)
);
select app_distribute('customers.source_record_before', 'distributed', 'customer_id', 'customers.customer');
create index source_record_before_by_run on customers.source_record_before (run_id, customer_id);

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
create index change_by_run on customers.change (run_id, customer_id) where run_id is not null;

-- Words by which a customer is found: a prefix match on any key finds the customer (see the platform's normalise-key). Keys with which name_key begins
-- are not repeated here, so that the customers of a bulk load, known by a key alone, need no rows.
create table customers.search_key (
  customer_id uuid not null,
  key text collate "C" not null,
  name_key text collate "C" not null,
  constraint search_key_pkey primary key (customer_id, key)
);
select app_distribute('customers.search_key', 'distributed', 'customer_id', 'customers.customer');
create index search_key_by_key on customers.search_key (key, customer_id) include (name_key);

-- One touch on the timeline: call, visit, chat, mail, … Without a cost of its own it costs what the rates of the value module say for its channel and minutes.
create table customers.interaction (
  customer_id uuid not null,
  id uuid not null,
  occurred_at timestamptz not null,
  channel text not null,
  direction text not null,
  stage text not null,
  summary text not null,
  minutes int not null default 0,
  cost_minor bigint,
  recorded_by text not null,
  recorded_at timestamptz not null,
  constraint interaction_pkey primary key (customer_id, id),
  constraint interaction_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade,
  constraint interaction_direction_known check (direction in ('in', 'out')),
  constraint interaction_stage_known check (stage in ('before', 'during', 'after'))
);
select app_distribute('customers.interaction', 'distributed', 'customer_id', 'customers.customer');
create index interaction_by_time on customers.interaction (customer_id, occurred_at desc, id desc);
create index interaction_recent on customers.interaction (occurred_at, stage);
-- What the home page counts: touches of the last days by stage, from the index alone.
create view customers.touch as
  select occurred_at, stage from customers.interaction;

-- The book: one narrow row per customer with the computed figures that lists sort and filter by. Derived, can be rebuilt; each figure's owner writes it
-- through the customers module. Words are codes, in the order of customers/domain/book.ts: tier 0 lead … 3 platinum, value_label 0 low … 2 high,
-- activity 0 none, 1 new, 2 returning, 3 old, 4 asleep, segment 0 champions … 9 lost. Days that never were are '-infinity', so that they sort and compare without special cases.
-- It lies in two halves, and every customer has a row in one of them: settled is what the last valuation of everybody wrote, fresh what was written about single customers since. A row moves from the large half into
-- the small one, whose indexes fit into memory, and the next valuation makes the small one empty again.
-- written_in is the transaction that wrote the row by hand of a single writer (0: a whole valuation), so that a valuation never overwrites fresher rows.
-- Columns, indexes and view are listed again in customers/store/book-shape.ts, because a valuation of everybody builds the settled half anew and swaps it in (a test compares
-- the two). For the same reason no other view and no foreign key may lean on it.
create table customers.book_settled (
  customer_id uuid not null,
  revenue_minor bigint not null default 0,
  profit_minor bigint not null default 0,
  lifetime_value_minor bigint not null default 0,
  expected_spend_minor bigint,
  written_in bigint not null default 0,
  orders int not null default 0,
  first_order_day date not null default '-infinity',
  last_order_day date not null default '-infinity',
  valued_on date,
  probability_alive real,
  probability_ordering real,
  expected_orders real,
  tier smallint not null default 1,
  value_label smallint not null default 0,
  activity smallint not null default 0,
  recency_score smallint,
  frequency_score smallint,
  monetary_score smallint,
  segment smallint,
  constraint book_settled_pkey primary key (customer_id)
);
select app_distribute('customers.book_settled', 'distributed', 'customer_id', 'customers.customer');
create table customers.book_fresh (
  customer_id uuid not null,
  revenue_minor bigint not null default 0,
  profit_minor bigint not null default 0,
  lifetime_value_minor bigint not null default 0,
  expected_spend_minor bigint,
  written_in bigint not null default 0,
  orders int not null default 0,
  first_order_day date not null default '-infinity',
  last_order_day date not null default '-infinity',
  valued_on date,
  probability_alive real,
  probability_ordering real,
  expected_orders real,
  tier smallint not null default 1,
  value_label smallint not null default 0,
  activity smallint not null default 0,
  recency_score smallint,
  frequency_score smallint,
  monetary_score smallint,
  segment smallint,
  constraint book_fresh_pkey primary key (customer_id)
);
select app_distribute('customers.book_fresh', 'distributed', 'customer_id', 'customers.customer');
-- Tier first: a list of one tier is one range, a list of all is four short ranges merged. The included words are filtered without a look at the row.
create index book_settled_by_lifetime_value on customers.book_settled (tier, lifetime_value_minor, customer_id) include (last_order_day, value_label, activity, recency_score, frequency_score, monetary_score, segment);
create index book_settled_by_profit on customers.book_settled (tier, profit_minor, customer_id) include (last_order_day, value_label, activity, recency_score, frequency_score, monetary_score, segment);
create index book_settled_by_revenue on customers.book_settled (tier, revenue_minor, customer_id) include (last_order_day, value_label, activity, recency_score, frequency_score, monetary_score, segment);
create index book_settled_by_last_order on customers.book_settled (last_order_day, customer_id) include (tier, value_label, activity, recency_score, frequency_score, monetary_score, segment);
create index book_fresh_by_lifetime_value on customers.book_fresh (tier, lifetime_value_minor, customer_id) include (last_order_day, value_label, activity, recency_score, frequency_score, monetary_score, segment);
create index book_fresh_by_profit on customers.book_fresh (tier, profit_minor, customer_id) include (last_order_day, value_label, activity, recency_score, frequency_score, monetary_score, segment);
create index book_fresh_by_revenue on customers.book_fresh (tier, revenue_minor, customer_id) include (last_order_day, value_label, activity, recency_score, frequency_score, monetary_score, segment);
create index book_fresh_by_last_order on customers.book_fresh (last_order_day, customer_id) include (tier, value_label, activity, recency_score, frequency_score, monetary_score, segment);
create view customers.book as select * from customers.book_settled union all select * from customers.book_fresh;

-- Transactions that removed customers, so that a valuation that began before does not bring their rows of the book back.
create table customers.removal (
  id uuid not null,
  removed_in bigint not null,
  removed_at timestamptz not null,
  constraint removal_pkey primary key (id)
);
select app_distribute('customers.removal', 'local');

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
