-- The company as it works together: departments form a tree, teams belong to a department, people to any number of teams. Whoever heads a department, or deputizes for its head, sees what all of
-- its teams see. Small tables of the shell's kind.
create table organization.department (
  id uuid not null,
  name text not null,
  parent_id uuid,
  head_id uuid,
  version int not null default 1,
  changed_at timestamptz not null,
  constraint department_pkey primary key (id),
  constraint department_name_key unique (name),
  constraint department_parent_fkey foreign key (parent_id) references organization.department (id),
  constraint department_head_fkey foreign key (head_id) references platform."user" (id) on delete set null
);
select app_distribute('organization.department', 'local');

create table organization.department_deputy (
  department_id uuid not null,
  user_id uuid not null,
  constraint department_deputy_pkey primary key (department_id, user_id),
  constraint department_deputy_department_fkey foreign key (department_id) references organization.department (id) on delete cascade,
  constraint department_deputy_user_fkey foreign key (user_id) references platform."user" (id) on delete cascade
);
select app_distribute('organization.department_deputy', 'local');

create table organization.team (
  id uuid not null,
  department_id uuid not null,
  name text not null,
  version int not null default 1,
  changed_at timestamptz not null,
  constraint team_pkey primary key (id),
  constraint team_name_key unique (department_id, name),
  constraint team_department_fkey foreign key (department_id) references organization.department (id)
);
select app_distribute('organization.team', 'local');
create index team_by_department on organization.team (department_id);

create table organization.team_member (
  team_id uuid not null,
  user_id uuid not null,
  constraint team_member_pkey primary key (team_id, user_id),
  constraint team_member_team_fkey foreign key (team_id) references organization.team (id) on delete cascade,
  constraint team_member_user_fkey foreign key (user_id) references platform."user" (id) on delete cascade
);
select app_distribute('organization.team_member', 'local');
create index team_member_by_user on organization.team_member (user_id);

-- What a member of the staff is and can do, beyond signing in. Scores are 1 (beginner) … 5 (master); `traits` are the four that hiring looks for: agreeable, driven, cooperative, communicative.
create table organization.staff (
  user_id uuid not null,
  title text,
  value_role text,
  experience smallint,
  skills jsonb not null default '{}',
  traits jsonb not null default '{}',
  version int not null default 1,
  changed_at timestamptz not null,
  constraint staff_pkey primary key (user_id),
  constraint staff_user_fkey foreign key (user_id) references platform."user" (id) on delete cascade,
  constraint staff_experience_range check (experience between 1 and 5)
);
select app_distribute('organization.staff', 'local');
