-- What comes in by itself: files of a folder or an address by plan, and orders that shops send.

-- Where files are looked for, when, and what happens with them.
create table platform.import_plan (
  id uuid not null,
  name text not null,
  importer text not null,
  mapping text not null,
  -- {kind: folder, root, path, pattern} or {kind: address, url, ownNetwork, sign, user}.
  source jsonb not null,
  -- The password or key for the address, sealed with the key in the data folder.
  secret bytea,
  -- {kind: minutes | hours, every} or {kind: day, at: minutes after midnight}.
  schedule jsonb not null,
  afterwards text not null,
  -- Users who hear how it went.
  tell uuid[] not null,
  version int not null,
  changed_by text not null,
  changed_at timestamptz not null,
  paused_at timestamptz,
  due_at timestamptz not null,
  -- Set when a person wants it looked at now.
  asked_at timestamptz,
  looked_at timestamptz,
  -- How often in a row the source could not be read, and why the last time.
  failures int not null,
  problem text,
  constraint import_plan_pkey primary key (id),
  constraint import_plan_afterwards_known check (afterwards in ('left', 'moved'))
);
select app_distribute('platform.import_plan', 'local');
create index import_plan_due on platform.import_plan (due_at);

-- The files of a folder as they were last seen; settled once it was decided what becomes of them.
create table platform.import_plan_file (
  plan_id uuid not null,
  name text not null,
  bytes bigint not null,
  modified_at timestamptz not null,
  seen_at timestamptz not null,
  settled boolean not null,
  constraint import_plan_file_pkey primary key (plan_id, name),
  constraint import_plan_file_plan_fkey foreign key (plan_id) references platform.import_plan (id) on delete cascade
);
select app_distribute('platform.import_plan_file', 'local');

-- What became of every file: taken in by a run, known already, or refused.
create table platform.import_plan_event (
  id uuid not null,
  plan_id uuid not null,
  at timestamptz not null,
  outcome text not null,
  file_name text,
  bytes bigint,
  modified_at timestamptz,
  sha256 bytea,
  problem text,
  run_id uuid,
  -- When it was put away, and under what name below the folder; the name is null where that could not be done.
  filed_at timestamptz,
  filed_as text,
  constraint import_plan_event_pkey primary key (id),
  constraint import_plan_event_plan_fkey foreign key (plan_id) references platform.import_plan (id) on delete cascade,
  constraint import_plan_event_outcome_known check (outcome in ('taken', 'unchanged', 'refused', 'unreadable'))
);
select app_distribute('platform.import_plan_event', 'local');
create index import_plan_event_recent on platform.import_plan_event (plan_id, at desc, id desc);
create index import_plan_event_content on platform.import_plan_event (plan_id, sha256) where outcome = 'taken';
create index import_plan_event_to_file on platform.import_plan_event (at) where filed_at is null;

-- Addresses to which shops send their orders. The token is the unguessable part of the address.
create table orders.intake (
  id uuid not null,
  name text not null,
  -- The source under which its orders and customers are known.
  source text not null,
  form text not null,
  signature text not null,
  token_hash bytea not null,
  token bytea not null,
  secret bytea not null,
  version int not null,
  created_by text not null,
  created_at timestamptz not null,
  disabled_at timestamptz,
  constraint intake_pkey primary key (id),
  constraint intake_token_key unique (token_hash),
  constraint intake_form_known check (form in ('patron', 'shopify', 'woocommerce')),
  constraint intake_signature_known check (signature in ('standard', 'shopify', 'woocommerce'))
);
select app_distribute('orders.intake', 'local');

-- What a shop sent, kept as it came until its orders are in. key: the signed id of the message, else the hash of its content.
create table orders.intake_delivery (
  id uuid not null,
  intake_id uuid not null,
  key text not null,
  sender_id text,
  received_at timestamptz not null,
  bytes int not null,
  body bytea,
  state text not null,
  attempts int not null,
  due_at timestamptz not null,
  attempted_at timestamptz,
  -- How many orders came in, and which did not and why.
  brought int not null,
  problems jsonb not null,
  constraint intake_delivery_pkey primary key (id),
  constraint intake_delivery_key_key unique (intake_id, key),
  constraint intake_delivery_intake_fkey foreign key (intake_id) references orders.intake (id) on delete cascade,
  constraint intake_delivery_state_known check (state in ('waiting', 'done', 'failed'))
);
select app_distribute('orders.intake_delivery', 'local');
create index intake_delivery_due on orders.intake_delivery (due_at, id) where state = 'waiting';
create index intake_delivery_recent on orders.intake_delivery (intake_id, id desc);
create index intake_delivery_by_age on orders.intake_delivery (received_at);
create index intake_delivery_failed on orders.intake_delivery (intake_id) where state = 'failed';

-- The newest state of each order that a shop sent, so that an older one that comes late does not replace it.
create table orders.intake_order (
  intake_id uuid not null,
  number text not null,
  state_at timestamptz not null,
  constraint intake_order_pkey primary key (intake_id, number),
  constraint intake_order_intake_fkey foreign key (intake_id) references orders.intake (id) on delete cascade
);
select app_distribute('orders.intake_order', 'local');
