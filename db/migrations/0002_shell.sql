-- The shell's own tables. All are small or append-only and stay on the coordinator ('local').

-- Everything that happened, in the order of the transactions that made it true. Append-only.
create table platform.fact (
  id bigint generated always as identity,
  occurred_at timestamptz not null,
  name text not null,
  customer_id uuid,
  actor text not null,
  payload jsonb not null,
  -- What of it names or describes a person. An erasure blanks this and the salt; the hash of both stays, and the chain covers the hash alone.
  personal jsonb,
  personal_salt bytea,
  personal_hash bytea,
  -- The block of the chain that sealed it; null for the few seconds before. Written once.
  block bigint,
  constraint fact_pkey primary key (id)
);
select app_distribute('platform.fact', 'local');
create index fact_by_time on platform.fact (occurred_at, id);
create index fact_by_customer on platform.fact (customer_id, occurred_at, id) where customer_id is not null;
create index fact_by_actor on platform.fact (actor, occurred_at, id);
create index fact_by_name on platform.fact (name, occurred_at, id);
create index fact_by_block on platform.fact (block, id);

-- Long work: position and rows are saved together, so that a crash loses and repeats nothing.
create table platform.run (
  id uuid not null,
  kind text not null,
  run_group text not null,
  state text not null,
  input jsonb not null,
  position jsonb,
  progress jsonb,
  result jsonb,
  problem text,
  requested_by text not null,
  requested_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  leased_by text,
  leased_until timestamptz,
  cancel_requested boolean not null default false,
  undo_of uuid,
  constraint run_pkey primary key (id),
  constraint run_undo_of_fkey foreign key (undo_of) references platform.run (id),
  constraint run_state_known check (state in ('waiting', 'running', 'done', 'failed', 'cancelled', 'undone'))
);
select app_distribute('platform.run', 'local');
create index run_open on platform.run (requested_at) where state in ('waiting', 'running');
create index run_recent on platform.run (kind, requested_at desc);

-- Uploaded and made files, in chunks: one backup, several processes.
create table platform.file (
  id uuid not null,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  sha256 bytea,
  complete boolean not null default false,
  created_by text not null,
  created_at timestamptz not null,
  constraint file_pkey primary key (id)
);
select app_distribute('platform.file', 'local');

create table platform.file_chunk (
  file_id uuid not null,
  number int not null,
  content bytea not null,
  constraint file_chunk_pkey primary key (file_id, number),
  constraint file_chunk_file_fkey foreign key (file_id) references platform.file (id) on delete cascade
);
alter table platform.file_chunk alter column content set storage external;
select app_distribute('platform.file_chunk', 'local');

-- The first outcome of every write that came with a key, stored in the transaction of its effect.
create table platform.idempotency (
  actor text not null,
  key text not null,
  endpoint text not null,
  input_hash bytea not null,
  outcome jsonb,
  created_at timestamptz not null,
  constraint idempotency_pkey primary key (actor, key)
);
select app_distribute('platform.idempotency', 'local');
create index idempotency_by_age on platform.idempotency (created_at);

-- Column mappings of import files, saved by name; what a file is mapped by when its header is the same again.
create table platform.import_mapping (
  kind text not null,
  name text not null,
  definition jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null,
  constraint import_mapping_pkey primary key (kind, name)
);
select app_distribute('platform.import_mapping', 'local');
