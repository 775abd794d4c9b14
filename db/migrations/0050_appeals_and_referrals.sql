-- Whoever outside of the company a customer can turn to. What the product ships is not here but in its code, until somebody changes it; names and what is said of it by language.
create table cases.outside_body (
  id uuid not null,
  names jsonb not null,
  about jsonb not null,
  url text,
  kinds text[] not null,
  categories text[] not null,
  regimes text[] not null,
  deadline_amount int,
  deadline_unit text,
  binding text not null,
  retired boolean not null default false,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint outside_body_pkey primary key (id),
  constraint outside_body_deadline check ((deadline_amount is null) = (deadline_unit is null) and deadline_amount > 0 and deadline_unit in ('days', 'months')),
  constraint outside_body_binding_known check (binding in ('always', 'if-accepted', 'never'))
);
select app_distribute('cases.outside_body', 'reference');

-- That a customer did not accept the answer to their case: an appeal inside the company, or a referral to a body outside of it. All of it follows from the log of the case; it stands here once more, without words, for lists
-- of what waits and for figures. rank_at: its place among what waits, the end of days where nothing is due. alert_at: when somebody has to hear that it is due; alerted_at: that they have. Days are the company's.
create table cases.contest (
  customer_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  way text not null,
  body_id uuid,
  opened_on date not null,
  opened_at timestamptz not null,
  judge_id text,
  due_at timestamptz,
  rank_at timestamptz not null,
  alert_at timestamptz,
  alerted_at timestamptz,
  outcome text,
  decided_on date,
  redress_minor bigint not null default 0,
  constraint contest_pkey primary key (customer_id, case_id, id),
  constraint contest_way_known check (way in ('inside', 'outside')),
  constraint contest_outcome_known check (outcome in ('upheld', 'partly', 'dismissed', 'lapsed', 'not-upheld', 'settled', 'withdrawn', 'outside-remit')),
  constraint contest_case_fkey foreign key (customer_id, case_id) references cases.case (customer_id, id) on delete cascade
);
select app_distribute('cases.contest', 'distributed', 'customer_id', 'customers.customer');
-- What waits, what is due first first; of one judge.
create index contest_open on cases.contest (way, rank_at, id) where outcome is null;
create index contest_open_of_judge on cases.contest (judge_id, rank_at, id) where outcome is null and judge_id is not null;
create index contest_to_alert on cases.contest (alert_at) where outcome is null and alerted_at is null and alert_at is not null;
-- Figures of a period: what came, and what was decided.
create index contest_by_opening on cases.contest (opened_on, way);
create index contest_by_decision on cases.contest (decided_on, way) where decided_on is not null;
