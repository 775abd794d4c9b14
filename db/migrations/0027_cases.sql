create schema cases;

-- How a kind of case is handled, as data: steps, what each needs before it can be left, where it leads and may go back to. A version never changes once a case runs by it; the newest published one is
-- that of new cases. What the product ships is not here but in its code, until somebody makes it their own.
create table cases.process (
  key text not null,
  version int not null,
  kind text not null,
  definition jsonb not null,
  state text not null,
  made_at timestamptz not null,
  made_by text not null,
  published_at timestamptz,
  edit int not null default 1,
  constraint process_pkey primary key (key, version),
  constraint process_state_known check (state in ('draft', 'published', 'retired'))
);
select app_distribute('cases.process', 'reference');

-- What a customer is owed an answer to. Everything that happened to it is in cases.event, and this row is what lists need of the events' fold, written in the same transaction.
-- due_at is the earliest due time of a clock that runs, next_at the next moment at which a clock warns, escalates or runs out: both null where no clock runs. rank_at is its place in queues: its due time less
-- the head starts of tier and severity.
create table cases.case (
  customer_id uuid not null,
  id uuid not null,
  number text not null,
  kind text not null,
  process_key text not null,
  process_version int not null,
  step text not null,
  state text not null,
  paused boolean not null default false,
  subject text not null,
  channel text not null,
  language text,
  category text,
  reason text,
  severity smallint not null default 3,
  priority smallint not null default 5,
  finding text,
  owner_id text,
  department_id uuid,
  person_id text,
  cause_id uuid,
  problem_id uuid,
  order_id uuid,
  product_code text,
  policy_id uuid,
  policy_version int,
  tier text,
  due_at timestamptz,
  next_at timestamptz,
  rank_at timestamptz not null,
  late boolean not null default false,
  received_at timestamptz not null,
  opened_at timestamptz not null,
  opened_by text not null,
  acknowledged_at timestamptz,
  answered_at timestamptz,
  resolved_at timestamptz,
  closed_at timestamptz,
  reopened smallint not null default 0,
  transfers smallint not null default 0,
  satisfied boolean,
  remedy_minor bigint not null default 0,
  recovered_minor bigint not null default 0,
  minutes int not null default 0,
  repeat_of uuid,
  proactive boolean not null default false,
  version int not null,
  constraint case_pkey primary key (customer_id, id),
  constraint case_state_known check (state in ('open', 'resolved', 'closed', 'withdrawn', 'merged', 'converted')),
  constraint case_kind_known check (kind in ('complaint', 'suggestion', 'enquiry', 'claim', 'repair', 'custom-request', 'request')),
  constraint case_severity_range check (severity between 1 and 4),
  constraint case_priority_range check (priority between 1 and 9),
  constraint case_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade
);
select app_distribute('cases.case', 'distributed', 'customer_id', 'customers.customer');
create index case_by_id on cases.case (id);
create index case_by_number on cases.case (number);
-- Whom it is about.
create index case_of_customer on cases.case (customer_id, opened_at desc, id desc);
-- The queues: what is open, of one person, of a department, of nobody, and of all, in the order in which it is due.
create index case_open_of_owner on cases.case (owner_id, rank_at, id) where state = 'open' and owner_id is not null;
create index case_open_of_department on cases.case (department_id, rank_at, id) where state = 'open' and department_id is not null;
create index case_open_of_nobody on cases.case (rank_at, id) where state = 'open' and owner_id is null;
create index case_open on cases.case (rank_at, id) where state = 'open';
-- Every case, the newest first, for lists and reports.
create index case_by_opening on cases.case (opened_at desc, id desc);
create index case_by_closing on cases.case (closed_at desc, id desc) where closed_at is not null;
-- What a clock has to be looked at for.
create index case_next on cases.case (next_at) where next_at is not null;
create index case_of_problem on cases.case (problem_id, opened_at) where problem_id is not null;
create index case_of_cause on cases.case (cause_id, opened_at) where cause_id is not null;
create index case_of_order on cases.case (customer_id, order_id) where order_id is not null;

-- Everything that happened to a case, in order; seq counts from 1. words holds what people wrote, by its path in data, so that it can be erased and the rest stays; null: erased.
create table cases.event (
  customer_id uuid not null,
  case_id uuid not null,
  seq int not null,
  kind text not null,
  data jsonb not null,
  words jsonb,
  at timestamptz not null,
  by text not null,
  constraint event_pkey primary key (customer_id, case_id, seq),
  constraint event_case_fkey foreign key (customer_id, case_id) references cases.case (customer_id, id) on delete cascade
);
select app_distribute('cases.event', 'distributed', 'customer_id', 'customers.customer');
-- The timeline of a customer.
create index event_on_timeline on cases.event (customer_id, at desc, case_id, seq) where kind in ('opened', 'resolved', 'closed', 'reopened', 'withdrawn');

-- Numbers of cases come from the sequence of this table, which holds no rows: nobody waits for a number, and some are never used.
create table cases.series (
  last bigint generated always as identity,
  constraint series_pkey primary key (last)
);
select app_distribute('cases.series', 'local');
