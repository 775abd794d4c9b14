-- What somebody should know of, and how they want to hear of it. mail_due: when it may be mailed at the earliest; null where it never is, or was.
create table organization.notification (
  user_id uuid not null,
  id uuid not null,
  kind text not null,
  "values" jsonb not null,
  link text,
  created_at timestamptz not null,
  read_at timestamptz,
  mail_due timestamptz,
  constraint notification_pkey primary key (user_id, id),
  constraint notification_user_fkey foreign key (user_id) references platform."user" (id) on delete cascade
);
select app_distribute('organization.notification', 'local');
create index notification_unread on organization.notification (user_id) where read_at is null;
create index notification_mail on organization.notification (mail_due, user_id) where mail_due is not null;
create index notification_by_age on organization.notification (created_at);

create table organization.notification_choice (
  user_id uuid not null,
  choices jsonb not null,
  constraint notification_choice_pkey primary key (user_id),
  constraint notification_choice_user_fkey foreign key (user_id) references platform."user" (id) on delete cascade
);
select app_distribute('organization.notification_choice', 'local');
