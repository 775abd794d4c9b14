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

-- Roles are data: role → permission → scope. The scope is 'all' until departments and teams exist.
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
  user_id text not null,
  role text not null,
  constraint user_role_pkey primary key (user_id, role),
  constraint user_role_role_fkey foreign key (role) references organization.role (name)
);
select app_distribute('organization.user_role', 'local');
