-- When somebody is away, and who stands in for them: whoever routes, assigns or asks for an approval looks here. A deputy of nobody is nobody.
create table organization.absence (
  id uuid not null,
  user_id uuid not null,
  from_day date not null,
  until_day date not null,
  deputy_id uuid,
  version int not null default 1,
  made_at timestamptz not null,
  made_by text not null,
  constraint absence_pkey primary key (id),
  constraint absence_ends_after_beginning check (from_day <= until_day),
  constraint absence_deputy_is_another check (deputy_id is null or deputy_id <> user_id)
);
select app_distribute('organization.absence', 'reference');
create index absence_by_end on organization.absence (until_day);

-- Which department answers for what complaints are about. The line that says most about a case holds; null: whatever it is.
create table cases.route (
  id uuid not null,
  category text not null,
  reason text,
  product_category text,
  department_id uuid not null,
  person_id text,
  deputy_id text,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint route_pkey primary key (id),
  constraint route_of_matter unique nulls not distinct (category, reason, product_category)
);
select app_distribute('cases.route', 'reference');

-- Causes as a tree. The first level is in the product's code; a row with the id of one of them says what the company calls it, or that it is retired. parent_id may name one of those, so it is no
-- foreign key. What is retired is chosen no more, and cases go on naming it.
create table cases.cause (
  id uuid not null,
  parent_id uuid,
  kind text not null,
  names jsonb not null,
  retired boolean not null default false,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint cause_pkey primary key (id)
);
select app_distribute('cases.cause', 'reference');
create index cause_below on cases.cause (parent_id);

-- What the company offers when something went wrong. Amounts in minor units of its own currency; most_minor null: no limit beyond that of whoever approves.
create table cases.remedy_offer (
  id uuid not null,
  kind text not null,
  names jsonb not null,
  default_minor bigint not null default 0,
  most_minor bigint,
  needs_approval boolean not null default true,
  retired boolean not null default false,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint remedy_offer_pkey primary key (id),
  constraint remedy_offer_amounts check (default_minor >= 0 and (most_minor is null or most_minor >= default_minor))
);
select app_distribute('cases.remedy_offer', 'reference');

-- Who may approve remedies up to which amount, for which tiers and how grave cases. A version never changes; the newest holds.
create table cases.authority (
  version int not null,
  lines jsonb not null,
  made_at timestamptz not null,
  made_by text not null,
  constraint authority_pkey primary key (version)
);
select app_distribute('cases.authority', 'reference');

-- By which bands penalties are proposed, and how many points an act is worth that is recognized. A version never changes; proposals name theirs.
create table cases.penalty_rule (
  version int not null,
  definition jsonb not null,
  made_at timestamptz not null,
  made_by text not null,
  constraint penalty_rule_pkey primary key (version)
);
select app_distribute('cases.penalty_rule', 'reference');

-- What is proposed about somebody who works here because of a case, or for what they did for customers. It belongs to the staff member and stands in no customer's record; basis says how an amount
-- came about, with the pay that was entered for it. The case is named so that one finds it, without a foreign key: what is said of staff outlives the customer.
create table cases.staff_entry (
  id uuid not null,
  user_id text not null,
  kind text not null,
  state text not null,
  case_id uuid,
  case_number text,
  role text,
  act text,
  amount_minor bigint not null default 0,
  points int not null default 0,
  rule_version int not null,
  basis jsonb,
  reason text not null,
  proposed_at timestamptz not null,
  proposed_by text not null,
  decided_at timestamptz,
  decided_by text,
  note text,
  version int not null default 1,
  constraint staff_entry_pkey primary key (id),
  constraint staff_entry_kind_known check (kind in ('penalty', 'recognition')),
  constraint staff_entry_state_known check (state in ('proposed', 'approved', 'rejected', 'withdrawn')),
  constraint staff_entry_role_of_penalties check ((kind = 'penalty') = (role is not null)),
  constraint staff_entry_act_of_recognitions check ((kind = 'recognition') = (act is not null)),
  constraint staff_entry_decided_by_somebody check ((decided_at is null) = (decided_by is null))
);
select app_distribute('cases.staff_entry', 'local');
create index staff_entry_of_user on cases.staff_entry (user_id, proposed_at desc, id desc);
create index staff_entry_by_time on cases.staff_entry (proposed_at desc, id desc);
create index staff_entry_waiting on cases.staff_entry (proposed_at, id) where state = 'proposed';
create index staff_entry_of_case on cases.staff_entry (case_id) where case_id is not null;

-- Who was asked to decide on a proposal, and by when. seq is the event that proposed. approver_id null: by the table of limits nobody may.
create table cases.approval (
  customer_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  seq int not null,
  level smallint not null,
  approver_id text,
  role text,
  amount_minor bigint not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  escalated_at timestamptz,
  decided_at timestamptz,
  decided_by text,
  decision text,
  constraint approval_pkey primary key (customer_id, id),
  constraint approval_case_fkey foreign key (customer_id, case_id) references cases.case (customer_id, id) on delete cascade
);
select app_distribute('cases.approval', 'distributed', 'customer_id', 'customers.customer');
create index approval_by_id on cases.approval (id);
create index approval_of_case on cases.approval (customer_id, case_id);
-- What waits for somebody, and what waits for anybody, in the order in which it is due.
create index approval_waiting_for on cases.approval (approver_id, due_at, id) where decided_at is null;
create index approval_waiting on cases.approval (due_at, id) where decided_at is null;
-- What has to go higher.
create index approval_overdue on cases.approval (due_at, id) where decided_at is null and escalated_at is null;
-- Who decided late, or not at all.
create index approval_escalated on cases.approval (escalated_at desc, id desc) where escalated_at is not null;

-- When clocks of cases ran out, newest first.
create index event_of_breach on cases.event (at desc, case_id, seq) where kind = 'breached';

-- Who was named as having delayed a case, newest first.
create index event_of_delay on cases.event (at desc, case_id, seq) where kind = 'responsibility-settled' and (data ->> 'delayedBy') is not null;
