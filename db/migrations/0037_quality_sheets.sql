-- How well a case was served, as somebody above looked at it: the seven Rs and the five items of courtesy beside each other, and whether somebody argued. What came of it is kept as it was judged then, so that rules
-- which change later do not change it. agent_id: whose work it is. rights by name: 'met', 'not-met' or 'not-applicable'; courtesy by name: 1 … 5.
create table cases.quality_sheet (
  customer_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  agent_id text not null,
  rights jsonb not null,
  courtesy jsonb not null,
  argued boolean not null,
  verdict text not null,
  seven_r text not null,
  core text not null,
  score double precision not null,
  note text,
  judged_at timestamptz not null,
  judged_by text not null,
  constraint quality_sheet_pkey primary key (customer_id, id),
  constraint quality_sheet_verdict_known check (verdict in ('argued', 'seven-r-not-met', 'courtesy-too-low', 'passed')),
  constraint quality_sheet_score_range check (score between 0 and 100),
  constraint quality_sheet_case_fkey foreign key (customer_id, case_id) references cases.case (customer_id, id) on delete cascade
);
select app_distribute('cases.quality_sheet', 'distributed', 'customer_id', 'customers.customer');
create index quality_sheet_of_case on cases.quality_sheet (customer_id, case_id, judged_at);
-- The report of a period.
create index quality_sheet_by_time on cases.quality_sheet (judged_at);
