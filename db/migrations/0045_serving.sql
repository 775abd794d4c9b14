-- Which team is to serve a case by the policy of its customer, so that a team sees what waits for it.
alter table cases.case add column team_id uuid;
update cases.case c set team_id = v.served_by_team_id from value.service_policy v
where v.id = c.policy_id and v.version = c.policy_version and v.served_by_team_id is not null and c.state in ('open', 'resolved');
create index case_open_of_team on cases.case (team_id, rank_at, id) where state = 'open' and owner_id is null and team_id is not null;

-- The place that a policy gives in queues counts as a head start: half an hour for each place before the ninth. What is open stands there from now on.
update cases.case set rank_at = rank_at - make_interval(mins => (9 - priority) * 30) where state = 'open';

-- In which languages somebody serves customers, and what they know well, in the words of the company.
alter table organization.staff add column languages text[] not null default '{}';
alter table organization.staff add column fields text[] not null default '{}';

-- What the lessons of cases want improved, until somebody has done it; beside the actions against problems it is the backlog of improvements.
create table cases.improvement (
  customer_id   uuid not null,
  case_id       uuid not null,
  text          text not null,
  owner_id      text,
  due_day       date,
  commitment_id uuid,
  state         text not null default 'open',
  done_on       date,
  effect        text,
  made_at       timestamptz not null,
  made_by       text not null,
  version       int not null default 1,
  constraint improvement_pkey primary key (customer_id, case_id),
  constraint improvement_case_fkey foreign key (customer_id, case_id) references cases.case (customer_id, id) on delete cascade,
  constraint improvement_state_known check (state in ('open', 'done', 'dropped')),
  constraint improvement_done_on_a_day check ((state = 'done') = (done_on is not null)),
  constraint improvement_effect_known check (effect in ('effective', 'not-effective', 'too-early', 'too-little-data'))
);
select app_distribute('cases.improvement', 'distributed', 'customer_id', 'customers.customer');
create index improvement_by_due on cases.improvement (state, (coalesce(due_day, date '9999-12-31')), case_id);
create index improvement_of_owner on cases.improvement (owner_id, state, (coalesce(due_day, date '9999-12-31')), case_id) where owner_id is not null;
create index improvement_of_commitment on cases.improvement (commitment_id) where commitment_id is not null;
create index problem_action_by_due on cases.problem_action (state, due_day, id);

-- Lessons that were written before: nobody has said yet who does what they ask for.
insert into cases.improvement (customer_id, case_id, text, made_at, made_by, effect)
select distinct on (e.customer_id, e.case_id) e.customer_id, e.case_id, e.words ->> 'improvement', e.at, e.by, (
  select c.data ->> 'verdict' from cases.event c where c.customer_id = e.customer_id and c.case_id = e.case_id and c.kind = 'effectiveness-checked' and c.seq > e.seq
  order by c.seq desc limit 1)
from cases.event e join customers.customer known on known.customer_id = e.customer_id and known.erased_at is null
where e.kind = 'lesson-written' and e.words ->> 'improvement' is not null order by e.customer_id, e.case_id, e.seq desc;
