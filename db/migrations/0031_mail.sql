-- Mail in and out. A mailbox is read by one worker at a time (leased_by, leased_until, as runs are); what it has read is said by uid_validity and last_uid.
-- after_taking: what becomes of a mail on the server once it is in: 'seen', 'move' (to move_to) or 'delete'. from_start: whether mails are taken that lay there before.
create table platform.mailbox (
  id uuid not null,
  name text not null,
  address text not null,
  host text not null,
  port integer not null,
  security text not null,
  username text not null,
  secret bytea not null,
  own_network boolean not null,
  folder text not null,
  after_taking text not null,
  move_to text,
  from_start boolean not null,
  from_name text not null,
  signatures jsonb not null,
  plus_addresses boolean not null,
  auth_server text,
  limit_megabytes integer not null,
  kept_days integer not null,
  version integer not null,
  created_by text not null,
  created_at timestamptz not null,
  disabled_at timestamptz,
  uid_validity bigint,
  last_uid bigint not null default 0,
  looked_at timestamptz,
  problem text,
  problem_detail text,
  failing_since timestamptz,
  failures integer not null default 0,
  told_at timestamptz,
  paused_until timestamptz,
  leased_by text,
  leased_until timestamptz,
  constraint mailbox_pkey primary key (id),
  constraint mailbox_folder_once unique (host, username, folder),
  constraint mailbox_security check (security in ('tls', 'starttls', 'plain')),
  constraint mailbox_after_taking check (after_taking in ('seen', 'move', 'delete')),
  constraint mailbox_move_to check (after_taking <> 'move' or move_to is not null)
);
select app_distribute('platform.mailbox', 'local');

-- A mail that came in. message_hash stays when the rest is forgotten, so that the same mail never comes in twice.
-- state: 'new' waits for a module, 'taken' by one, 'failed' while or after it was tried again (due_at: when next; null: given up), 'ignored' for the reason given.
-- filed_at: when the server was told what becomes of it.
create table platform.mail_in (
  id uuid not null,
  mailbox_id uuid not null,
  uid_validity bigint not null,
  uid bigint not null,
  message_hash bytea not null,
  message_id text,
  in_reply_to text,
  reference_ids text[] not null,
  from_name text not null,
  from_address text,
  reply_to text,
  recipients jsonb not null,
  subject text not null,
  body text not null,
  html text,
  attachments jsonb not null,
  automatic text,
  verdicts jsonb,
  cut text,
  bytes bigint not null,
  sent_at timestamptz,
  received_at timestamptz not null,
  taken_in_at timestamptz not null,
  thread_id uuid,
  thread_by text,
  thread_forged boolean not null,
  bounce_of uuid,
  state text not null,
  reason text,
  attempts integer not null default 0,
  due_at timestamptz,
  problem text,
  taken_by text,
  settled_at timestamptz,
  filed_at timestamptz,
  forgotten_at timestamptz,
  constraint mail_in_pkey primary key (id),
  constraint mail_in_mailbox_fkey foreign key (mailbox_id) references platform.mailbox (id) on delete cascade,
  constraint mail_in_once unique (mailbox_id, message_hash),
  constraint mail_in_state check (state in ('new', 'taken', 'failed', 'ignored'))
);
select app_distribute('platform.mail_in', 'local');
create index mail_in_due on platform.mail_in (due_at, id) where due_at is not null;
create index mail_in_by_state on platform.mail_in (state, id);
create index mail_in_by_sender on platform.mail_in (from_address, taken_in_at);
create index mail_in_by_message on platform.mail_in (message_id) where message_id is not null;
create index mail_in_unfiled on platform.mail_in (mailbox_id, uid) where filed_at is null;
create index mail_in_kept on platform.mail_in (settled_at) where forgotten_at is null;

-- A mail that goes out, or went. state: 'queued' (due_at: when it is tried next), 'sent', or 'failed' with the problem.
create table platform.mail_out (
  id uuid not null,
  mailbox_id uuid,
  module text not null,
  message_id text not null,
  in_reply_to text,
  reference_ids text[] not null,
  thread_id uuid,
  to_name text not null,
  to_address text not null,
  copies jsonb not null,
  subject text not null,
  body text not null,
  html text,
  attachments jsonb not null,
  language text not null,
  automatic text,
  state text not null,
  attempts integer not null default 0,
  due_at timestamptz,
  problem text,
  problem_detail text,
  created_at timestamptz not null,
  created_by text not null,
  sent_at timestamptz,
  settled_at timestamptz,
  forgotten_at timestamptz,
  constraint mail_out_pkey primary key (id),
  constraint mail_out_mailbox_fkey foreign key (mailbox_id) references platform.mailbox (id) on delete set null,
  constraint mail_out_message_once unique (message_id),
  constraint mail_out_state check (state in ('queued', 'sent', 'failed'))
);
select app_distribute('platform.mail_out', 'local');
create index mail_out_due on platform.mail_out (due_at, id) where due_at is not null;
create index mail_out_by_state on platform.mail_out (state, id);
create index mail_out_by_recipient on platform.mail_out (to_address, created_at);
create index mail_out_by_mailbox on platform.mail_out (mailbox_id) where mailbox_id is not null;
create index mail_out_kept on platform.mail_out (settled_at) where forgotten_at is null;
