-- By whom a thing may be seen without signing in: whoever has the token, of which only the hash is kept. They are few, and found by the hash alone.
create table platform.private_link (
  id uuid not null,
  token_hash bytea not null,
  module text not null,
  purpose text not null,
  thing_id uuid not null,
  -- Whom it was made for, under the id of that moment; null where nobody is known yet.
  customer_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  uses int not null default 0,
  used_at timestamptz,
  constraint private_link_pkey primary key (id),
  constraint private_link_token_key unique (token_hash)
);
select app_distribute('platform.private_link', 'local');
create index private_link_of_thing on platform.private_link (thing_id, module, purpose);
create index private_link_of_customer on platform.private_link (customer_id) where customer_id is not null;
create index private_link_by_end on platform.private_link (expires_at);

-- What happened lately, for those who are looking: hints to look again, kept for two days. xid says which transaction wrote it, so that a reader knows by the snapshot it has read whether it saw
-- it, in whatever order transactions end.
create table platform.stream_event (
  seq bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  topic text not null,
  kind text not null,
  payload jsonb not null default '{}',
  at timestamptz not null,
  constraint stream_event_pkey primary key (seq),
  constraint stream_event_small check (octet_length(payload::text) <= 2000)
);
select app_distribute('platform.stream_event', 'local');
create index stream_event_by_topic on platform.stream_event (topic, xid);
create index stream_event_by_xid on platform.stream_event (xid);

-- Numbers of transactions mean something in one database only; a place in the stream names the database that it belongs to. One row, made where it is missing, as after a restore.
create table platform.stream_epoch (
  number smallint not null,
  epoch uuid not null,
  constraint stream_epoch_pkey primary key (number),
  constraint stream_epoch_single check (number = 1)
);
select app_distribute('platform.stream_epoch', 'local');
