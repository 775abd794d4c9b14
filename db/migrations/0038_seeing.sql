-- What reports count of a case, narrow and without words, written with every change of the case (decision record 0016). Days are the company's. answer_seconds and settle_seconds count from the receipt to
-- the first answer and to the settlement; null: not yet. cause is the cause's id, or the field of the diagram where no cause of the register was named. closing says how quickly a supervisor's rules count it
-- as closed. check_on is the day on which it is due to be looked at whether the cause is gone, check_days after the execution; check_asked remembers for which check somebody was already asked.
create table cases.figure (
  customer_id uuid not null,
  case_id uuid not null,
  received_on date not null,
  closed_on date,
  kind text not null,
  state text not null,
  category text,
  reason text,
  dissatisfaction text,
  cause text,
  department_id uuid,
  product_code text,
  tier text,
  finding text,
  problem_id uuid,
  late boolean not null,
  reopened smallint not null,
  repeated boolean not null,
  satisfied boolean,
  minutes int not null,
  remedy_minor bigint not null,
  goodwill_minor bigint not null,
  recovered_minor bigint not null,
  answer_seconds int,
  settle_seconds int,
  closing text,
  check_on date,
  check_days smallint,
  check_asked smallint,
  constraint figure_pkey primary key (customer_id, case_id),
  constraint figure_closing_known check (closing in ('three-days', 'eight-weeks', 'later')),
  constraint figure_case_fkey foreign key (customer_id, case_id) references cases.case (customer_id, id) on delete cascade
);
select app_distribute('cases.figure', 'distributed', 'customer_id', 'customers.customer');
-- A period, the newest first: what stands behind a figure of a report.
create index figure_by_day on cases.figure (received_on desc, case_id desc);
create index figure_of_problem on cases.figure (problem_id, received_on) where problem_id is not null;
-- Which checks are due.
create index figure_to_check on cases.figure (check_on) where check_on is not null;

-- What was done on cases lately; the log is written in the order of time.
create index event_by_time on cases.event using brin (at);

-- Whether the cause had been thought cured when the case came.
alter table cases.case add column recurred boolean not null default false;

-- The words of cases that have ended, for the search in the archive: single words, and pairs of Chinese characters, with their places (cases/domain/archive-words.ts). Erased with the person.
create table cases.archive (
  customer_id uuid not null,
  case_id uuid not null,
  ended_at timestamptz not null,
  kind text not null,
  words tsvector not null,
  constraint archive_pkey primary key (customer_id, case_id),
  constraint archive_case_fkey foreign key (customer_id, case_id) references cases.case (customer_id, id) on delete cascade
);
select app_distribute('cases.archive', 'distributed', 'customer_id', 'customers.customer');
create index archive_by_words on cases.archive using gin (words);
create index archive_by_end on cases.archive (ended_at desc, case_id desc);

-- One cause that many complaints have. Its complaints are those that were linked to it, and all that agree with everything it says of cause, category, reason and product, unless they are linked to
-- another. cured_on is the day on which the last action against it was carried out; effect is counted from the day after. checked_days is the last check that was made since.
create table cases.problem (
  id uuid not null,
  title text not null,
  description text,
  state text not null,
  cause text,
  category text,
  reason text,
  product_code text,
  owner_id text,
  alert jsonb,
  alerted_on date,
  cured_on date,
  checked_days smallint,
  asked_days smallint,
  opened_at timestamptz not null,
  opened_by text not null,
  closed_at timestamptz,
  closed_by text,
  note text,
  version int not null default 1,
  constraint problem_pkey primary key (id),
  constraint problem_state_known check (state in ('draft', 'open', 'watched', 'solved', 'dismissed')),
  constraint problem_about_something check (coalesce(cause, category, product_code) is not null),
  constraint problem_reason_of_category check (reason is null or category is not null)
);
select app_distribute('cases.problem', 'reference');
create index problem_by_opening on cases.problem (opened_at desc, id desc);

create table cases.problem_action (
  problem_id uuid not null,
  id uuid not null,
  text text not null,
  owner_id text not null,
  due_day date not null,
  commitment_id uuid,
  state text not null,
  done_on date,
  made_at timestamptz not null,
  made_by text not null,
  version int not null default 1,
  constraint problem_action_pkey primary key (problem_id, id),
  constraint problem_action_state_known check (state in ('open', 'done', 'dropped')),
  constraint problem_action_done_on_a_day check ((state = 'done') = (done_on is not null)),
  constraint problem_action_problem_fkey foreign key (problem_id) references cases.problem (id) on delete cascade
);
select app_distribute('cases.problem_action', 'reference');
create index problem_action_of_commitment on cases.problem_action (commitment_id) where commitment_id is not null;

-- What was seen 30, 60, 90 days after the actions: the figures as they were then, and what was concluded.
create table cases.problem_check (
  problem_id uuid not null,
  id uuid not null,
  days smallint not null,
  verdict text not null,
  figures jsonb not null,
  note text,
  made_at timestamptz not null,
  made_by text not null,
  constraint problem_check_pkey primary key (problem_id, id),
  constraint problem_check_verdict_known check (verdict in ('effective', 'not-effective', 'too-early', 'too-little-data')),
  constraint problem_check_problem_fkey foreign key (problem_id) references cases.problem (id) on delete cascade
);
select app_distribute('cases.problem_check', 'reference');

-- Customers who went to somebody else: when, to whom and why.
create table cases.desertion (
  customer_id uuid not null,
  id uuid not null,
  left_on date not null,
  rival text,
  reason text,
  note text,
  back_on date,
  noted_at timestamptz not null,
  noted_by text not null,
  version int not null default 1,
  constraint desertion_pkey primary key (customer_id, id),
  constraint desertion_comes_before_return check (back_on is null or back_on >= left_on)
);
select app_distribute('cases.desertion', 'distributed', 'customer_id', 'customers.customer');
create index desertion_by_id on cases.desertion (id);
create index desertion_by_day on cases.desertion (left_on desc, id desc);

-- How people who work here judge their own service, month by month: points per item of the sheet as it was then.
create table cases.self_assessment (
  user_id text not null,
  month date not null,
  items jsonb not null,
  points numeric not null,
  note text,
  made_at timestamptz not null,
  version int not null default 1,
  constraint self_assessment_pkey primary key (user_id, month),
  constraint self_assessment_points_range check (points between 0 and 100)
);
select app_distribute('cases.self_assessment', 'local');

-- Orders that are no purchases are few, so that purchases are counted by day from two indexes: all less these.
create index purchase_uncounted_by_day on orders.purchase (day) where not counted;
