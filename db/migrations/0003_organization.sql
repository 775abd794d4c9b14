-- Who may sign in. The columns are those of the sign-in library in plain snake_case, and a few of ours (marked).
create table platform."user" (
  id uuid not null,
  name text not null,
  email text not null,
  email_verified boolean not null,
  image text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Ours: set while the person may not sign in.
  disabled_at timestamptz,
  -- Ours: the password was made by somebody else and should be changed.
  initial_password boolean not null default false,
  constraint user_pkey primary key (id),
  constraint user_email_key unique (email)
);
select app_distribute('platform."user"', 'local');

create table platform.session (
  id uuid not null,
  user_id uuid not null,
  token text not null,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint session_pkey primary key (id),
  constraint session_token_key unique (token),
  constraint session_user_fkey foreign key (user_id) references platform."user" (id) on delete cascade
);
select app_distribute('platform.session', 'local');
create index session_by_user on platform.session (user_id);
create index session_by_end on platform.session (expires_at);

-- How somebody proves who they are; so far there is one row per user, with the hash of the password.
create table platform.account (
  id uuid not null,
  user_id uuid not null,
  account_id text not null,
  provider_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint account_pkey primary key (id),
  constraint account_provider_key unique (provider_id, account_id),
  constraint account_user_fkey foreign key (user_id) references platform."user" (id) on delete cascade
);
select app_distribute('platform.account', 'local');
create index account_by_user on platform.account (user_id);

-- Links by mail: the identifier is the hash of what the link carries, the value is the user.
create table platform.verification (
  id uuid not null,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint verification_pkey primary key (id)
);
select app_distribute('platform.verification', 'local');
create index verification_by_identifier on platform.verification (identifier);

-- Attempts to sign in per account and per sender. The key is a hash, so that addresses which nobody has are not kept.
create table platform.sign_in_attempt (
  key bytea not null,
  attempts int not null,
  counted_since timestamptz not null,
  constraint sign_in_attempt_pkey primary key (key)
);
select app_distribute('platform.sign_in_attempt', 'local');

create schema organization;

-- What administrators have set; what nobody has set is not here.
create table organization.setting (
  key text not null,
  value jsonb not null,
  version int not null,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint setting_pkey primary key (key)
);
select app_distribute('organization.setting', 'local');

create table organization.setting_change (
  id uuid not null,
  key text not null,
  before jsonb,
  after jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint setting_change_pkey primary key (id)
);
select app_distribute('organization.setting_change', 'local');
create index setting_change_by_key on organization.setting_change (key, changed_at desc);

-- Roles are data: role → permission → scope, which says whose customers: one's own, those of one's teams, or all.
create table organization.role (
  name text not null,
  built_in boolean not null,
  constraint role_pkey primary key (name)
);
select app_distribute('organization.role', 'local');

create table organization.role_permission (
  role text not null,
  permission text not null,
  scope text not null default 'all',
  constraint role_permission_pkey primary key (role, permission),
  constraint role_permission_role_fkey foreign key (role) references organization.role (name) on delete cascade,
  constraint role_permission_scope_known check (scope in ('own', 'team', 'all'))
);
select app_distribute('organization.role_permission', 'local');

-- Permissions that were granted to the built-in roles once; a later withdrawal by an administrator is not undone at the next start.
create table organization.known_permission (
  permission text not null,
  constraint known_permission_pkey primary key (permission)
);
select app_distribute('organization.known_permission', 'local');

create table organization.user_role (
  user_id uuid not null,
  role text not null,
  constraint user_role_pkey primary key (user_id, role),
  constraint user_role_user_fkey foreign key (user_id) references platform."user" (id) on delete cascade,
  constraint user_role_role_fkey foreign key (role) references organization.role (name)
);
select app_distribute('organization.user_role', 'local');

create table organization.user_preference (
  user_id uuid not null,
  language text not null,
  theme text not null,
  constraint user_preference_pkey primary key (user_id),
  constraint user_preference_user_fkey foreign key (user_id) references platform."user" (id) on delete cascade
);
select app_distribute('organization.user_preference', 'local');

-- Hashes of the one-time tokens that were printed while nobody could sign in; empty afterwards.
create table organization.first_administrator_token (
  token_hash bytea not null,
  made_at timestamptz not null,
  constraint first_administrator_token_pkey primary key (token_hash)
);
select app_distribute('organization.first_administrator_token', 'local');
