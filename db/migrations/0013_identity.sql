-- Who somebody is, beyond a password: second factors, keys for programs, sign-in at the company's own provider, invitations; and facts told to other systems.

-- Set from the right password until the second factor is given; such a session opens nothing.
alter table platform.session add column awaits_second_factor boolean not null default false;
-- When it was last used, noted in batches beside the requests.
alter table platform.session add column used_at timestamptz;

-- One authenticator app per user. The secret is sealed with the key in the data folder.
create table platform.second_factor (
  user_id uuid not null,
  secret bytea not null,
  made_at timestamptz not null,
  -- Null until the first code has shown that the app holds the secret.
  confirmed_at timestamptz,
  -- The last half minute whose code was used, counted from 1970; no code of it or before it is taken again.
  last_step bigint,
  constraint second_factor_pkey primary key (user_id),
  constraint second_factor_user_fkey foreign key (user_id) references platform."user" (id) on delete cascade
);
select app_distribute('platform.second_factor', 'local');

-- Hashes of the codes for a lost device; each works once.
create table platform.recovery_code (
  user_id uuid not null,
  code_hash bytea not null,
  used_at timestamptz,
  constraint recovery_code_pkey primary key (user_id, code_hash),
  constraint recovery_code_user_fkey foreign key (user_id) references platform.second_factor (user_id) on delete cascade
);
select app_distribute('platform.recovery_code', 'local');

-- Keys with which programs act in somebody's name. The key itself lies nowhere, only its hash.
create table platform.api_key (
  id uuid not null,
  owner_id uuid not null,
  name text not null,
  -- Made by an administrator for another system, not for the owner's own use.
  for_service boolean not null,
  key_hash bytea not null,
  -- The first letters, by which people recognise it.
  beginning text not null,
  permissions text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  used_at timestamptz,
  revoked_at timestamptz,
  constraint api_key_pkey primary key (id),
  constraint api_key_hash_key unique (key_hash),
  constraint api_key_owner_fkey foreign key (owner_id) references platform."user" (id) on delete cascade
);
select app_distribute('platform.api_key', 'local');
create index api_key_by_owner on platform.api_key (owner_id, id);

-- Secrets of settings, sealed with the key in the data folder; a setting itself is shown to everybody who may read settings.
create table organization.setting_secret (
  key text not null,
  sealed bytea not null,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint setting_secret_pkey primary key (key)
);
select app_distribute('organization.setting_secret', 'local');

-- Somebody who is asked to come in; they become a user when they take the invitation.
create table organization.invitation (
  id uuid not null,
  email text not null,
  roles text[] not null,
  -- Null until the link is made: by the job that sends the mail, or at once where it is shown.
  token_hash bytea,
  invited_by text not null,
  invited_at timestamptz not null,
  sent_at timestamptz,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  constraint invitation_pkey primary key (id)
);
select app_distribute('organization.invitation', 'local');
create unique index invitation_open on organization.invitation (email) where accepted_at is null and revoked_at is null;
create unique index invitation_by_token on organization.invitation (token_hash);

-- Addresses of other systems that are told what happened.
create table platform.webhook (
  id uuid not null,
  name text not null,
  url text not null,
  facts text[] not null,
  secret bytea not null,
  -- Whether the address may lie in the company's own network.
  own_network boolean not null,
  version int not null,
  created_by text not null,
  created_at timestamptz not null,
  -- Set while nothing is sent: switched off by a person, or after days of failure.
  disabled_at timestamptz,
  disabled_because text,
  -- Since when every attempt failed; null while it works.
  failing_since timestamptz,
  -- After a failure nothing is sent to it before.
  paused_until timestamptz,
  constraint webhook_pkey primary key (id),
  constraint webhook_disabled_known check (disabled_because in ('person', 'failing', 'gone'))
);
select app_distribute('platform.webhook', 'local');

create table platform.webhook_delivery (
  id uuid not null,
  webhook_id uuid not null,
  fact text not null,
  occurred_at timestamptz not null,
  body jsonb not null,
  state text not null,
  attempts int not null,
  due_at timestamptz not null,
  attempted_at timestamptz,
  -- What the other side answered last; null where there was no answer.
  status int,
  problem text,
  constraint webhook_delivery_pkey primary key (id),
  constraint webhook_delivery_webhook_fkey foreign key (webhook_id) references platform.webhook (id) on delete cascade,
  constraint webhook_delivery_state_known check (state in ('waiting', 'delivered', 'failed'))
);
select app_distribute('platform.webhook_delivery', 'local');
create index webhook_delivery_due on platform.webhook_delivery (webhook_id, due_at, id) where state = 'waiting';
create index webhook_delivery_recent on platform.webhook_delivery (webhook_id, id desc);
create index webhook_delivery_by_age on platform.webhook_delivery (occurred_at);
