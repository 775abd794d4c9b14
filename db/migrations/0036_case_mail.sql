-- Mails of a case, in and out, as they are shown and answered: the platform forgets what it handed on. html is safe; files are those that came or went with it. mail_id: the platform's own row, by which is known what became of a mail that went out.
create table cases.mail (
  customer_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  direction text not null,
  mail_id uuid not null,
  mailbox_id uuid,
  message_id text,
  reference_ids text[] not null default '{}',
  from_name text not null,
  from_address text not null,
  to_address text not null,
  subject text not null,
  body text not null,
  html text,
  files jsonb not null default '[]',
  language text,
  automatic text,
  at timestamptz not null,
  constraint mail_pkey primary key (customer_id, id),
  constraint mail_direction_known check (direction in ('in', 'out')),
  constraint mail_case_fkey foreign key (customer_id, case_id) references cases.case (customer_id, id) on delete cascade
);
select app_distribute('cases.mail', 'distributed', 'customer_id', 'customers.customer');
create index mail_of_case on cases.mail (customer_id, case_id, at, id);
create index mail_by_message on cases.mail (customer_id, message_id);
create index mail_of_sender on cases.mail (from_address, at) where direction = 'in';
