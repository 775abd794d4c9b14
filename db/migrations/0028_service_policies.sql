-- What customers of a tier, or of a segment, get: the six elements of the service mix, promised times in working minutes, channels, cost. Every version is kept, because a running case keeps the one that it
-- began with; what is served now has no `superseded_at`. Exactly one policy is the baseline, under which none falls. Texts that are null are the product's own words, in the language of whoever reads.
-- Departments, teams and segments belong to other modules: what is not there any more counts as not said.
create table value.service_policy (
  id uuid not null,
  version int not null,
  kind text not null,
  tier text,
  segment_id uuid,
  name text,
  mix jsonb not null,
  acknowledge_minutes int,
  first_response_minutes int,
  next_response_minutes int,
  step_minutes int,
  resolve_minutes int,
  department_id uuid,
  served_by_department_id uuid,
  served_by_team_id uuid,
  channels text[] not null,
  account_manager boolean not null,
  cadence text,
  benefits text[],
  yearly_cost_minor bigint not null,
  yearly_minutes int not null,
  satisfaction_gain double precision not null,
  priority smallint not null,
  saved_at timestamptz not null,
  saved_by text not null,
  superseded_at timestamptz,
  constraint service_policy_pkey primary key (id, version),
  constraint service_policy_kind_known check (kind in ('baseline', 'tier', 'segment')),
  constraint service_policy_tier_known check (tier is null or tier in ('platinum', 'gold', 'iron', 'lead')),
  constraint service_policy_of_its_kind check ((kind = 'tier') = (tier is not null) and (kind = 'segment') = (segment_id is not null)),
  constraint service_policy_priority_range check (priority between 1 and 9)
);
select app_distribute('value.service_policy', 'reference');
create unique index service_policy_served on value.service_policy (id) where superseded_at is null;
create unique index service_policy_one_baseline on value.service_policy (kind) where superseded_at is null and kind = 'baseline';
create unique index service_policy_one_per_tier on value.service_policy (tier) where superseded_at is null and tier is not null;
create unique index service_policy_one_per_segment on value.service_policy (segment_id) where superseded_at is null and segment_id is not null;

-- What an installation begins with: the floor, and a policy for each tier, the better served the more its customers bring.
insert into value.service_policy (id, version, kind, tier, mix, acknowledge_minutes, first_response_minutes, next_response_minutes, step_minutes, resolve_minutes,
  channels, account_manager, yearly_cost_minor, yearly_minutes, satisfaction_gain, priority, saved_at, saved_by)
values
  ('0198c0de-0000-7000-8000-00005e4b1ce0', 1, 'baseline', null, '{}', 480, 960, 1440, 2400, 9600, '{website,email,call}', false, 400, 20, 0, 7, now(), 'system'),
  ('0198c0de-0000-7000-8000-00005e4b1ce1', 1, 'tier', 'platinum', '{}', 15, 60, 120, 480, 960, '{website,email,call,message,chat,store,visit}', true, 60000, 1200, 1.5, 1, now(), 'system'),
  ('0198c0de-0000-7000-8000-00005e4b1ce2', 1, 'tier', 'gold', '{}', 60, 240, 480, 960, 2400, '{website,email,call,message,chat,store}', false, 20000, 360, 1, 3, now(), 'system'),
  ('0198c0de-0000-7000-8000-00005e4b1ce3', 1, 'tier', 'iron', '{}', 240, 480, 960, 1440, 4800, '{website,email,call,message}', false, 3000, 60, 0.5, 5, now(), 'system'),
  ('0198c0de-0000-7000-8000-00005e4b1ce4', 1, 'tier', 'lead', '{}', 480, 960, 1440, 2400, 9600, '{website,email,call}', false, 400, 20, 0.1, 7, now(), 'system');

-- What our service has, beside which competitors offer the same. Competitors are plain text here.
create table value.service_feature (
  id uuid not null,
  name text not null,
  note text,
  ours boolean not null,
  matched_by text[] not null default '{}',
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint service_feature_pkey primary key (id),
  constraint service_feature_name_key unique (name)
);
select app_distribute('value.service_feature', 'local');

-- The services that are given, in three layers: within the scope, extra (of three types), beyond imagination; each expected by customers or not. What was taken off the list stays for the services given.
create table value.service (
  id uuid not null,
  layer text not null,
  extra_type text,
  name text not null,
  description text,
  expected boolean not null,
  cost_minor bigint not null,
  target_minutes int,
  removed_at timestamptz,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint service_pkey primary key (id),
  constraint service_layer_known check (layer in ('in-scope', 'extra', 'beyond')),
  constraint service_extra_type_known check (extra_type is null or extra_type in ('value-added', 'customised', 'personalised')),
  constraint service_extra_has_type check ((layer = 'extra') = (extra_type is not null))
);
select app_distribute('value.service', 'reference');
create unique index service_name on value.service (name) where removed_at is null;

-- What somebody noticed about a customer, and which need they may have that they have not voiced.
create table value.observation (
  customer_id uuid not null,
  id uuid not null,
  noticed text not null,
  hypothesis text,
  state text not null default 'noticed',
  noticed_at timestamptz not null,
  noticed_by text not null,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint observation_pkey primary key (customer_id, id),
  constraint observation_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade,
  constraint observation_state_known check (state in ('noticed', 'supposed', 'acted', 'dropped'))
);
select app_distribute('value.observation', 'distributed', 'customer_id', 'customers.customer');
create index observation_open on value.observation (noticed_at desc, id desc) where state in ('noticed', 'supposed');

-- A service that was given to a customer, with what it cost and what the customer's satisfaction was before and after (0 to 10). Layer and expectation are those of the day on which it was given.
create table value.service_given (
  customer_id uuid not null,
  id uuid not null,
  service_id uuid,
  observation_id uuid,
  layer text not null,
  extra_type text,
  expected boolean not null,
  what text not null,
  given_on date not null,
  cost_minor bigint not null,
  score_before smallint,
  score_after smallint,
  reaction text,
  version int not null default 1,
  given_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint service_given_pkey primary key (customer_id, id),
  constraint service_given_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade,
  constraint service_given_layer_known check (layer in ('in-scope', 'extra', 'beyond')),
  constraint service_given_scores_range check (score_before between 0 and 10 and score_after between 0 and 10)
);
select app_distribute('value.service_given', 'distributed', 'customer_id', 'customers.customer');
-- What the comparison of the layers reads, from the index alone.
create index service_given_by_day on value.service_given (given_on) include (layer, extra_type, expected, cost_minor, score_before, score_after);

-- How a customer is to rise to the next tier: what profit, by when, by what.
create table value.growth_plan (
  customer_id uuid not null,
  target_minor bigint not null,
  by_day date,
  plan text not null,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint growth_plan_pkey primary key (customer_id),
  constraint growth_plan_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade
);
select app_distribute('value.growth_plan', 'distributed', 'customer_id', 'customers.customer');

-- What is to become of a customer who costs more than they bring: proposed by one, approved or rejected by another, with the profit that was expected of it.
create table value.treatment (
  customer_id uuid not null,
  id uuid not null,
  outcome text not null,
  terms jsonb not null,
  exemption_reason text,
  note text,
  profit_minor bigint not null,
  projected_minor bigint not null,
  state text not null default 'proposed',
  proposed_at timestamptz not null,
  proposed_by text not null,
  decided_at timestamptz,
  decided_by text,
  decision_note text,
  version int not null default 1,
  constraint treatment_pkey primary key (customer_id, id),
  constraint treatment_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade,
  constraint treatment_outcome_known check (outcome in ('keep', 'raise-price', 'reduce-cost', 'release')),
  constraint treatment_state_known check (state in ('proposed', 'approved', 'rejected')),
  constraint treatment_decided_when_not_proposed check ((state = 'proposed') = (decided_at is null) and (decided_at is null) = (decided_by is null))
);
select app_distribute('value.treatment', 'distributed', 'customer_id', 'customers.customer');
create index treatment_recent on value.treatment (state, proposed_at desc, id desc);
