-- Who looked at which customer, and who took customers away in a file: noted beside the request, sealed like facts, deleted after a settable time.
create table platform.personal_read (
  id bigint generated always as identity,
  occurred_at timestamptz not null,
  -- Hours since 1970: one person's looks at one customer are noted once in each.
  hour int not null,
  name text not null,
  customer_id uuid,
  actor text not null,
  payload jsonb not null,
  personal jsonb,
  personal_salt bytea,
  personal_hash bytea,
  block bigint,
  constraint personal_read_pkey primary key (id)
);
select app_distribute('platform.personal_read', 'local');
create unique index personal_read_once on platform.personal_read (customer_id, actor, hour) where customer_id is not null;
create index personal_read_by_time on platform.personal_read (occurred_at, id);
create index personal_read_by_customer on platform.personal_read (customer_id, occurred_at, id) where customer_id is not null;
create index personal_read_by_actor on platform.personal_read (actor, occurred_at, id);
create index personal_read_by_name on platform.personal_read (name, occurred_at, id);
create index personal_read_by_block on platform.personal_read (block, id);

-- The chains: each block's hash covers the rows that carry its number and the hash of the block before.
create table platform.trail_block (
  trail text not null,
  number bigint not null,
  row_count int not null,
  sealed_at timestamptz not null,
  previous bytea not null,
  hash bytea not null,
  -- Set where the rows were deleted after their time. Only looks have one, and only the oldest blocks in a row.
  dropped_at timestamptz,
  constraint trail_block_pkey primary key (trail, number),
  constraint trail_block_trail_known check (trail in ('fact', 'read'))
);
select app_distribute('platform.trail_block', 'local');

-- Backups that were written or failed. The files lie in a folder; what is gone from there has removed_at.
create table platform.backup (
  id uuid not null,
  made_at timestamptz not null,
  finished_at timestamptz,
  occasion text not null,
  path text not null,
  bytes bigint,
  sha256 bytea,
  schema_version int not null,
  encrypted boolean not null,
  verified_at timestamptz,
  problem text,
  removed_at timestamptz,
  constraint backup_pkey primary key (id),
  constraint backup_occasion_known check (occasion in ('asked', 'scheduled', 'upgrade'))
);
select app_distribute('platform.backup', 'local');
create index backup_by_time on platform.backup (made_at desc, id desc);
