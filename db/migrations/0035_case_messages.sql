-- What a customer and the company said to each other about a case, one line per message. The first of a case that came by a page for customers is what was written there. mail_id: the mail by which it went out.
create table cases.message (
  customer_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  direction text not null,
  channel text not null,
  body text not null,
  at timestamptz not null,
  by text not null,
  automatic boolean not null default false,
  file_ids uuid[] not null default '{}',
  mail_id uuid,
  constraint message_pkey primary key (customer_id, id),
  constraint message_direction_known check (direction in ('in', 'out')),
  constraint message_case_fkey foreign key (customer_id, case_id) references cases.case (customer_id, id) on delete cascade
);
select app_distribute('cases.message', 'distributed', 'customer_id', 'customers.customer');
create index message_of_case on cases.message (customer_id, case_id, at, id);
