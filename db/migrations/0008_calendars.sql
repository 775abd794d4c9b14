-- When people work: by weekday, with holidays, in one time zone (see organization/domain/calendar.ts). Clocks of promises run by them.
create table organization.calendar (
  id uuid not null,
  name text not null,
  -- Counts where no department has one of its own; at most one.
  standard boolean not null default false,
  hours jsonb not null,
  version int not null default 1,
  changed_at timestamptz not null,
  constraint calendar_pkey primary key (id),
  constraint calendar_name_key unique (name)
);
select app_distribute('organization.calendar', 'local');
create unique index calendar_standard on organization.calendar (standard) where standard;

alter table organization.department add column calendar_id uuid;
alter table organization.department add constraint department_calendar_fkey foreign key (calendar_id) references organization.calendar (id);
