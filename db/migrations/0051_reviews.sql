-- Which rules a case stands under, and which of their clocks it has missed (as clocks are called, 'regime:<key>:<clock>'): kept or broken is counted rule by rule from one look at each case.
alter table cases.figure add column regimes text[] not null default '{}';
alter table cases.figure add column missed text[] not null default '{}';
update cases.figure f set regimes = array(select jsonb_array_elements_text(e.data -> 'regimes'))
from cases.event e where e.customer_id = f.customer_id and e.case_id = f.case_id and e.kind = 'opened' and jsonb_typeof(e.data -> 'regimes') = 'array';
update cases.figure f set missed = m.clocks from (
  select customer_id, case_id, array_agg(clock order by first) as clocks from (
    select customer_id, case_id, data ->> 'clock' as clock, min(seq) as first from cases.event
    where kind = 'breached' and data ->> 'clock' like 'regime:%' group by 1, 2, 3) c
  group by 1, 2) m
where m.customer_id = f.customer_id and m.case_id = f.case_id;

-- What was checked and decided in a period, whenever its case came.
create index event_decided on cases.event (kind, at) where kind in ('decided', 'effectiveness-checked');
-- What somebody was asked to decide in a period.
create index approval_by_asking on cases.approval (asked_at);
-- What ended in a period: among it the sample of an audit is drawn.
create index figure_by_end on cases.figure (closed_on, kind) where state = 'closed';

-- Management looks at how complaints of a period were handled. While it is prepared its figures are read anew each time; when it is held they are kept as they were seen (snapshot), and nothing of it
-- changes any more.
create table cases.management_review (
  id uuid not null,
  from_day date not null,
  to_day date not null,
  state text not null,
  participants text[] not null default '{}',
  guests text,
  prepared_at timestamptz not null,
  prepared_by text not null,
  held_at timestamptz,
  held_by text,
  snapshot jsonb,
  version int not null default 1,
  constraint management_review_pkey primary key (id),
  constraint management_review_once unique (from_day, to_day),
  constraint management_review_period check (to_day >= from_day),
  constraint management_review_state_known check (state in ('draft', 'held')),
  constraint management_review_kept_when_held check ((state = 'held') = (snapshot is not null and held_at is not null and held_by is not null))
);
select app_distribute('cases.management_review', 'reference');
create index management_review_by_period on cases.management_review (to_day desc, id desc);

-- What management says to it: what it concludes of a section, what it decides (with who does it until when, where somebody is to), what means it gives; and what was added after it was held.
create table cases.review_entry (
  review_id uuid not null,
  id uuid not null,
  kind text not null,
  section text,
  text text not null,
  owner_id text,
  due_day date,
  made_at timestamptz not null,
  made_by text not null,
  version int not null default 1,
  constraint review_entry_pkey primary key (review_id, id),
  constraint review_entry_kind_known check (kind in ('conclusion', 'decision', 'means', 'addendum')),
  constraint review_entry_of_section check (kind <> 'conclusion' or section is not null),
  constraint review_entry_owed check ((owner_id is null) = (due_day is null) and (owner_id is null or kind = 'decision')),
  constraint review_entry_review_fkey foreign key (review_id) references cases.management_review (id) on delete cascade
);
select app_distribute('cases.review_entry', 'reference');

-- A planned look at whether complaints are handled as they should be, by somebody who had no hand in them. seed: by what the sample was drawn, so that anybody can draw it again. population: how many cases of
-- each stratum there were. left_out: how many were passed over because the auditor had acted in them.
create table cases.audit (
  id uuid not null,
  title text not null,
  scope text,
  department_id uuid,
  auditor_id text not null,
  planned_on date not null,
  from_day date not null,
  to_day date not null,
  sample_size smallint not null,
  seed text not null,
  state text not null,
  drawn_at timestamptz,
  population jsonb,
  left_out int not null default 0,
  summary text,
  closed_at timestamptz,
  closed_by text,
  commitment_id uuid,
  made_at timestamptz not null,
  made_by text not null,
  version int not null default 1,
  constraint audit_pkey primary key (id),
  constraint audit_period check (to_day >= from_day),
  constraint audit_sample_range check (sample_size between 1 and 200),
  constraint audit_state_known check (state in ('planned', 'drawn', 'closed')),
  constraint audit_drawn_when_not_planned check ((state = 'planned') = (drawn_at is null)),
  constraint audit_closed_by_somebody check ((state = 'closed') = (closed_at is not null and closed_by is not null))
);
select app_distribute('cases.audit', 'reference');
create index audit_by_plan on cases.audit (planned_on desc, id desc);
create index audit_by_closing on cases.audit (closed_at) where closed_at is not null;

-- A case of the sample, and what the auditor found of it, item by item: 'yes', 'no' or 'not-applicable'. told: what the log had answered by itself when it was looked at.
create table cases.audit_case (
  customer_id uuid not null,
  audit_id uuid not null,
  case_id uuid not null,
  place smallint not null,
  stratum text not null,
  answers jsonb not null default '{}',
  told jsonb not null default '{}',
  note text,
  looked_at timestamptz,
  version int not null default 1,
  constraint audit_case_pkey primary key (customer_id, audit_id, case_id),
  constraint audit_case_stratum_known check (stratum in ('established', 'not-established', 'undecided')),
  constraint audit_case_case_fkey foreign key (customer_id, case_id) references cases.case (customer_id, id) on delete cascade
);
select app_distribute('cases.audit_case', 'distributed', 'customer_id', 'customers.customer');
create index audit_case_of_audit on cases.audit_case (audit_id, place);

create table cases.audit_finding (
  audit_id uuid not null,
  id uuid not null,
  grade text not null,
  item text,
  text text not null,
  owner_id text,
  due_day date,
  made_at timestamptz not null,
  made_by text not null,
  constraint audit_finding_pkey primary key (audit_id, id),
  constraint audit_finding_grade_known check (grade in ('conform', 'minor', 'major')),
  constraint audit_finding_owed check ((owner_id is null) = (due_day is null) and (grade <> 'conform' or owner_id is null)),
  constraint audit_finding_audit_fkey foreign key (audit_id) references cases.audit (id) on delete cascade
);
select app_distribute('cases.audit_finding', 'reference');

-- What a review decided or an audit found to be done about the handling itself; beside the lessons of cases and the actions against problems it stands in the backlog of improvements.
create table cases.process_action (
  id uuid not null,
  review_id uuid,
  audit_id uuid,
  text text not null,
  owner_id text not null,
  due_day date not null,
  commitment_id uuid,
  state text not null default 'open',
  done_on date,
  made_at timestamptz not null,
  made_by text not null,
  version int not null default 1,
  constraint process_action_pkey primary key (id),
  constraint process_action_of_one check (num_nonnulls(review_id, audit_id) = 1),
  constraint process_action_state_known check (state in ('open', 'done', 'dropped')),
  constraint process_action_done_on_a_day check ((state = 'done') = (done_on is not null)),
  constraint process_action_review_fkey foreign key (review_id) references cases.management_review (id),
  constraint process_action_audit_fkey foreign key (audit_id) references cases.audit (id)
);
select app_distribute('cases.process_action', 'reference');
create index process_action_by_due on cases.process_action (state, due_day, id);
create index process_action_of_commitment on cases.process_action (commitment_id) where commitment_id is not null;
create index process_action_of_review on cases.process_action (review_id) where review_id is not null;
create index process_action_of_audit on cases.process_action (audit_id) where audit_id is not null;
