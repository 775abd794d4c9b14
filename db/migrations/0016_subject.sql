-- Two archives of one person or company become one: the id that went away leads to the one that stayed, by one look-up however many merges lie between.
create table customers.alias (
  customer_id uuid not null,
  survivor_id uuid not null,
  merge_id uuid not null,
  made_at timestamptz not null,
  constraint alias_pkey primary key (customer_id)
);
select app_distribute('customers.alias', 'distributed', 'customer_id', 'customers.customer');
create index alias_by_survivor on customers.alias (survivor_id);

-- One merge, under the customer who stayed. `choices`: whose value was chosen field by field; `changes`: what became of the survivor's archive; `content`: which rows came over,
-- and those that could not (see platform/subject/merge.ts), so that both can be given back as they were.
create table customers.merge (
  customer_id uuid not null,
  id uuid not null,
  merged_id uuid not null,
  merged_name text not null,
  choices jsonb not null,
  changes jsonb not null,
  content jsonb not null,
  made_at timestamptz not null,
  made_by text not null,
  undone_at timestamptz,
  undone_by text,
  constraint merge_pkey primary key (customer_id, id)
);
select app_distribute('customers.merge', 'distributed', 'customer_id', 'customers.customer');

-- Pairs that may be one and the same, the lower id first, with the reasons and what somebody decided.
create table customers.duplicate (
  customer_id uuid not null,
  other_id uuid not null,
  score real not null,
  reasons jsonb not null,
  state text not null,
  run_id uuid not null,
  found_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  constraint duplicate_pkey primary key (customer_id, other_id),
  constraint duplicate_state_known check (state in ('open', 'later', 'different', 'same'))
);
select app_distribute('customers.duplicate', 'distributed', 'customer_id', 'customers.customer');
create index duplicate_by_score on customers.duplicate (state, score desc, customer_id, other_id);
create index duplicate_by_other on customers.duplicate (other_id);

-- What a search for duplicates works with, empty while none is under way: hashes of what two archives may have in common, and the pairs that have one in common.
create table customers.duplicate_key (
  customer_id uuid not null,
  key bigint not null
);
select app_distribute('customers.duplicate_key', 'local');
create index duplicate_key_by_key on customers.duplicate_key (key, customer_id);
create table customers.duplicate_pair (
  customer_id uuid not null,
  other_id uuid not null,
  constraint duplicate_pair_pkey primary key (customer_id, other_id)
);
select app_distribute('customers.duplicate_pair', 'local');

-- Customers by conditions, under a name. The definition is data (see customers/domain/segment.ts) and is compiled anew whenever it is asked.
create table customers.segment (
  id uuid not null,
  user_id text not null,
  name text not null,
  definition jsonb not null,
  shared boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint segment_pkey primary key (id),
  constraint segment_name_key unique (user_id, name)
);
select app_distribute('customers.segment', 'local');

-- A view that its owner shares is everybody's to open.
alter table customers.saved_view add column shared boolean not null default false;

-- Set when the person was erased: the row stays for the orders that lean on it and is never filled again.
alter table customers.customer add column erased_at timestamptz;

-- Requests to be forgotten: asked by one person, confirmed by another, held up where the law wants it, carried out by a run.
create table customers.erasure (
  customer_id uuid not null,
  id uuid not null,
  state text not null,
  reason text not null,
  hold_reason text,
  hold_until date,
  requested_by text not null,
  requested_at timestamptz not null,
  confirmed_by text,
  confirmed_at timestamptz,
  run_id uuid,
  ended_at timestamptz,
  version int not null default 1,
  constraint erasure_pkey primary key (customer_id, id),
  constraint erasure_state_known check (state in ('requested', 'confirmed', 'done', 'withdrawn'))
);
select app_distribute('customers.erasure', 'distributed', 'customer_id', 'customers.customer');
create index erasure_recent on customers.erasure (requested_at desc, id desc);

-- Proof of what was erased, without anything of the person: which rows of which tables, when, asked and confirmed by whom. Each entry carries the hash of the one before.
create table platform.erasure_log (
  id bigint generated always as identity,
  customer_id uuid not null,
  erased_at timestamptz not null,
  content jsonb not null,
  previous_hash text not null,
  hash text not null,
  constraint erasure_log_pkey primary key (id)
);
select app_distribute('platform.erasure_log', 'local');
create index erasure_log_by_customer on platform.erasure_log (customer_id);
