-- Something has to be done at once, by the first look at a case: it stands before everything else in queues.
alter table cases.case add column immediate boolean not null default false;
update cases.case c set immediate = true, rank_at = c.rank_at - case when c.severity = 1 then interval '0' else interval '36500 days' end
  from (
    select distinct on (customer_id, case_id) customer_id, case_id, data ->> 'immediate' as immediate from cases.event where kind = 'assessed'
    order by customer_id, case_id, seq desc) a
  where a.customer_id = c.customer_id and a.case_id = c.id and a.immediate = 'true' and c.state = 'open';

-- The case by which the company had found what the customer complains of, and whether it was first: 'first', or 'too-late' where the customer had said it before anybody here found it.
alter table cases.case add column found_by uuid;
alter table cases.figure add column proactive boolean not null default false;
alter table cases.figure add column found text;
alter table cases.figure add constraint figure_found_known check (found in ('first', 'too-late'));
update cases.figure f set proactive = true from cases.case c where c.customer_id = f.customer_id and c.id = f.case_id and c.proactive;

-- A counter with a waiting room. display is the part of its public address that nobody can guess; prefix stands before its numbers.
create table cases.service_point (
  id uuid not null,
  name text not null,
  prefix text not null,
  display text not null,
  active boolean not null default true,
  version int not null default 1,
  made_at timestamptz not null,
  made_by text not null,
  constraint service_point_pkey primary key (id),
  constraint service_point_display_key unique (display)
);
select app_distribute('cases.service_point', 'local');

-- A number that somebody waits with. Numbers begin at 1 each day at each point; rank_at is its place: when it was issued, less the head start of the tier. Who waits is in cases.ticket_customer, where
-- anybody knows.
create table cases.ticket (
  point_id uuid not null,
  day date not null,
  number int not null,
  id uuid not null,
  state text not null,
  tier text,
  rank_at timestamptz not null,
  issued_at timestamptz not null,
  issued_by text not null,
  called_at timestamptz,
  called_by text,
  counter text,
  ended_at timestamptz,
  case_id uuid,
  version int not null default 1,
  constraint ticket_pkey primary key (point_id, day, number),
  constraint ticket_state_known check (state in ('waiting', 'called', 'served', 'no-show')),
  constraint ticket_called_by_somebody check ((state = 'waiting') = (called_at is null)),
  constraint ticket_point_fkey foreign key (point_id) references cases.service_point (id)
);
select app_distribute('cases.ticket', 'local');
create index ticket_by_id on cases.ticket (id);
create index ticket_waiting on cases.ticket (point_id, day, rank_at, number) where state = 'waiting';

create table cases.ticket_customer (
  customer_id uuid not null,
  ticket_id uuid not null,
  constraint ticket_customer_pkey primary key (customer_id, ticket_id),
  constraint ticket_customer_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade
);
select app_distribute('cases.ticket_customer', 'distributed', 'customer_id', 'customers.customer');
create index ticket_customer_by_ticket on cases.ticket_customer (ticket_id);
