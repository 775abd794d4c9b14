create schema commitments;

-- Who owes whom what by when. What is about no customer carries the uuid of zeros, because the key must not be null; for the same reason there is no foreign key to the customer, and the undoing of an
-- import asks this module instead. due_at is the moment after which it is late: the end of due_day, or the time that was named. owner_id owes, requested_by is owed.
create table commitments.commitment (
  customer_id uuid not null,
  id uuid not null,
  kind text not null,
  title text not null,
  note text,
  owner_id text not null,
  requested_by text not null,
  due_day date,
  due_at timestamptz,
  starts_at timestamptz,
  ends_at timestamptz,
  channel text,
  place text,
  purpose text,
  plan text,
  ours text[] not null default '{}',
  theirs text[] not null default '{}',
  steps jsonb not null default '[]',
  repeat_unit text,
  repeat_every smallint,
  repeat_from date,
  state text not null default 'open',
  outcome text,
  closed_at timestamptz,
  closed_by text,
  interaction_id uuid,
  origin_module text,
  origin_id text,
  created_at timestamptz not null,
  created_by text not null,
  version int not null default 1,
  constraint commitment_pkey primary key (customer_id, id),
  constraint commitment_kind_known check (kind in ('task', 'promise', 'visit', 'appointment', 'review', 'approval', 'hand-over')),
  constraint commitment_state_known check (state in ('open', 'done', 'cancelled')),
  constraint commitment_closed_when_not_open check ((state = 'open') = (closed_at is null)),
  constraint commitment_ends_after_start check (ends_at > starts_at),
  constraint commitment_visit_has_purpose check (kind <> 'visit' or purpose <> ''),
  constraint commitment_repeat_whole check ((repeat_unit is null) = (repeat_every is null) and (repeat_unit is null) = (repeat_from is null))
);
select app_distribute('commitments.commitment', 'distributed', 'customer_id', 'customers.customer');
create index commitment_by_id on commitments.commitment (id);
-- My day: what somebody owes, the soonest first; what has no date stands last.
create index commitment_open_of_owner on commitments.commitment (owner_id, due_at, id) where state = 'open';
create index commitment_open_asked on commitments.commitment (requested_by, due_at, id) where state = 'open' and owner_id <> requested_by;
-- The calendar of a person, and whether a time is taken.
create index commitment_in_calendar on commitments.commitment (owner_id, starts_at) where starts_at is not null;
create index commitment_with_others on commitments.commitment using gin (ours) where ours <> '{}';
create index commitment_open_of_customer on commitments.commitment (customer_id, due_at, id) where state = 'open';
create index commitment_closed_of_customer on commitments.commitment (customer_id, closed_at desc, id desc) where state <> 'open';
create index commitment_of_origin on commitments.commitment (customer_id, origin_module, origin_id) where origin_module is not null;

-- What happened with each commitment: who, when, and which values from what to what. version is that of the commitment from then on.
create table commitments.event (
  customer_id uuid not null,
  id uuid not null,
  commitment_id uuid not null,
  version int not null,
  what text not null,
  changes jsonb not null default '{}',
  note text,
  at timestamptz not null,
  by text not null,
  constraint event_pkey primary key (customer_id, id),
  constraint event_commitment_fkey foreign key (customer_id, commitment_id) references commitments.commitment (customer_id, id) on delete cascade
);
select app_distribute('commitments.event', 'distributed', 'customer_id', 'customers.customer');
create index event_by_commitment on commitments.event (customer_id, commitment_id, version);
-- The timeline: what was promised, done and cancelled.
create index event_on_timeline on commitments.event (customer_id, at desc, id desc) where what in ('created', 'completed', 'cancelled');

-- How often one account is contacted, where its tier's habit does not fit.
create table commitments.cadence (
  customer_id uuid not null,
  minimum smallint not null,
  maximum smallint not null,
  days smallint not null,
  set_at timestamptz not null,
  set_by text not null,
  constraint cadence_pkey primary key (customer_id),
  constraint cadence_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade
);
select app_distribute('commitments.cadence', 'distributed', 'customer_id', 'customers.customer');

-- The nine points of an account's potential, each with notes and whether it is done, and one measure before and after.
create table commitments.worksheet (
  customer_id uuid not null,
  points jsonb not null,
  metric text,
  before_value numeric,
  after_value numeric,
  version int not null,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint worksheet_pkey primary key (customer_id),
  constraint worksheet_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade
);
select app_distribute('commitments.worksheet', 'distributed', 'customer_id', 'customers.customer');

-- Something that was heard: captured, judged (true? important?), reacted to. Of no customer: the uuid of zeros, as above.
create table commitments.signal (
  customer_id uuid not null,
  id uuid not null,
  text text not null,
  source text,
  state text not null default 'captured',
  is_true boolean,
  is_important boolean,
  judgement text,
  reaction text,
  commitment_id uuid,
  captured_at timestamptz not null,
  captured_by text not null,
  judged_at timestamptz,
  judged_by text,
  reacted_at timestamptz,
  reacted_by text,
  constraint signal_pkey primary key (customer_id, id),
  constraint signal_state_known check (state in ('captured', 'judged', 'reacted', 'dismissed'))
);
select app_distribute('commitments.signal', 'distributed', 'customer_id', 'customers.customer');
create index signal_by_id on commitments.signal (id);
create index signal_open on commitments.signal (captured_at, id) where state in ('captured', 'judged');
create index signal_closed on commitments.signal (captured_at, id) where state in ('reacted', 'dismissed');

-- The private address under which somebody's calendar program reads their appointments: only its hash is kept.
create table commitments.feed (
  user_id text not null,
  token_hash bytea not null,
  made_at timestamptz not null,
  constraint feed_pkey primary key (user_id),
  constraint feed_token_key unique (token_hash)
);
select app_distribute('commitments.feed', 'local');
