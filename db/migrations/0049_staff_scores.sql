-- What customers gave whoever handled their case, 1 … 5: attitude, knowledge, skill; what they left out is null. One row for a case and person: what was said last. All of it follows from the log of the case; it stands
-- here once more so that averages of a year read a few narrow rows of an index instead of logs.
create table cases.staff_score (
  customer_id uuid not null,
  case_id uuid not null,
  agent_id text not null,
  at timestamptz not null,
  attitude smallint,
  knowledge smallint,
  skill smallint,
  constraint staff_score_pkey primary key (customer_id, case_id, agent_id),
  constraint staff_score_range check (attitude between 1 and 5 and knowledge between 1 and 5 and skill between 1 and 5),
  constraint staff_score_said check (num_nonnulls(attitude, knowledge, skill) > 0),
  constraint staff_score_case_fkey foreign key (customer_id, case_id) references cases.case (customer_id, id) on delete cascade
);
select app_distribute('cases.staff_score', 'distributed', 'customer_id', 'customers.customer');
-- The averages of a period, of everybody and of one.
create index staff_score_by_time on cases.staff_score (at) include (agent_id, attitude, knowledge, skill);
create index staff_score_of_agent on cases.staff_score (agent_id, at) include (attitude, knowledge, skill);
