-- Written by scripts/generate-tables.ts from the migrated database, to be read and reviewed. Do not edit, do not run.

CREATE OR REPLACE FUNCTION platform.app_distribute(table_name regclass, kind text, key_column text DEFAULT NULL::text, beside text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if kind not in ('reference', 'local', 'distributed') or (kind = 'distributed') <> (key_column is not null) then
    raise exception 'app_distribute(%): kind is reference, local or distributed, and only distributed names a column', table_name;
  end if;
  if kind = 'local' or not exists (select 1 from pg_extension where extname = 'citus') then
    return;
  end if;
  if kind = 'reference' then
    execute format('select create_reference_table(%L)', table_name::text);
  else
    execute format('select create_distributed_table(%L, %L, colocate_with => %L)', table_name::text, key_column, coalesce(beside, 'default'));
  end if;
end
$function$;

create table cases.advisory_attendance (
  customer_id uuid not null,
  meeting_id  uuid not null,
  person      text,
  constraint advisory_attendance_pkey PRIMARY KEY (customer_id, meeting_id)
);
create INDEX advisory_attendance_of_meeting ON cases.advisory_attendance USING btree (meeting_id);

create table cases.advisory_group (
  id       uuid not null,
  name     text not null,
  purpose  text not null,
  owner_id text not null,
  ended_on date,
  made_at  timestamp with time zone not null,
  made_by  text not null,
  version  integer not null default 1,
  constraint advisory_group_pkey PRIMARY KEY (id)
);

create table cases.advisory_meeting (
  id        uuid not null,
  group_id  uuid,
  title     text not null,
  starts_at timestamp with time zone not null,
  place     text,
  link      text,
  agenda    text,
  staff_ids text[] not null default '{}'::text[],
  made_at   timestamp with time zone not null,
  made_by   text not null,
  version   integer not null default 1,
  constraint advisory_meeting_pkey PRIMARY KEY (id),
  constraint advisory_meeting_group_fkey FOREIGN KEY (group_id) REFERENCES cases.advisory_group(id)
);
create INDEX advisory_meeting_by_time ON cases.advisory_meeting USING btree (starts_at DESC, id DESC);
create INDEX advisory_meeting_of_group ON cases.advisory_meeting USING btree (group_id, starts_at DESC) WHERE (group_id IS NOT NULL);

create table cases.advisory_member (
  customer_id uuid not null,
  id          uuid not null,
  group_id    uuid not null,
  person      text,
  since       date not null,
  until       date,
  version     integer not null default 1,
  constraint advisory_member_pkey PRIMARY KEY (customer_id, id),
  constraint advisory_member_since_before_until CHECK (((until IS NULL) OR (until >= since)))
);
create INDEX advisory_member_by_id ON cases.advisory_member USING btree (id);
create INDEX advisory_member_of_group ON cases.advisory_member USING btree (group_id, since, id);

create table cases.approval (
  customer_id  uuid not null,
  id           uuid not null,
  case_id      uuid not null,
  seq          integer not null,
  level        smallint not null,
  approver_id  text,
  role         text,
  amount_minor bigint not null,
  asked_at     timestamp with time zone not null,
  due_at       timestamp with time zone not null,
  escalated_at timestamp with time zone,
  decided_at   timestamp with time zone,
  decided_by   text,
  decision     text,
  constraint approval_pkey PRIMARY KEY (customer_id, id),
  constraint approval_case_fkey FOREIGN KEY (customer_id, case_id) REFERENCES cases."case"(customer_id, id) ON DELETE CASCADE
);
create INDEX approval_by_asking ON cases.approval USING btree (asked_at);
create INDEX approval_by_id ON cases.approval USING btree (id);
create INDEX approval_escalated ON cases.approval USING btree (escalated_at DESC, id DESC) WHERE (escalated_at IS NOT NULL);
create INDEX approval_of_case ON cases.approval USING btree (customer_id, case_id);
create INDEX approval_overdue ON cases.approval USING btree (due_at, id) WHERE ((decided_at IS NULL) AND (escalated_at IS NULL));
create INDEX approval_waiting ON cases.approval USING btree (due_at, id) WHERE (decided_at IS NULL);
create INDEX approval_waiting_for ON cases.approval USING btree (approver_id, due_at, id) WHERE (decided_at IS NULL);

create table cases.archive (
  customer_id uuid not null,
  case_id     uuid not null,
  ended_at    timestamp with time zone not null,
  kind        text not null,
  words       tsvector not null,
  constraint archive_pkey PRIMARY KEY (customer_id, case_id),
  constraint archive_case_fkey FOREIGN KEY (customer_id, case_id) REFERENCES cases."case"(customer_id, id) ON DELETE CASCADE
);
create INDEX archive_by_end ON cases.archive USING btree (ended_at DESC, case_id DESC);
create INDEX archive_by_words ON cases.archive USING gin (words);

create table cases.attachment (
  customer_id uuid not null,
  case_id     uuid not null,
  file_id     uuid not null,
  seq         integer not null,
  name        text not null,
  bytes       bigint not null,
  added_by    text not null,
  added_at    timestamp with time zone not null,
  constraint attachment_pkey PRIMARY KEY (customer_id, case_id, file_id),
  constraint attachment_case_fkey FOREIGN KEY (customer_id, case_id) REFERENCES cases."case"(customer_id, id) ON DELETE CASCADE
);

create table cases.audit (
  id            uuid not null,
  title         text not null,
  scope         text,
  department_id uuid,
  auditor_id    text not null,
  planned_on    date not null,
  from_day      date not null,
  to_day        date not null,
  sample_size   smallint not null,
  seed          text,
  state         text not null,
  drawn_at      timestamp with time zone,
  population    jsonb,
  left_out      integer not null default 0,
  summary       text,
  closed_at     timestamp with time zone,
  closed_by     text,
  commitment_id uuid,
  made_at       timestamp with time zone not null,
  made_by       text not null,
  version       integer not null default 1,
  constraint audit_pkey PRIMARY KEY (id),
  constraint audit_closed_by_somebody CHECK (((state = 'closed'::text) = ((closed_at IS NOT NULL) AND (closed_by IS NOT NULL)))),
  constraint audit_drawn_when_not_planned CHECK (((state = 'planned'::text) = (drawn_at IS NULL))),
  constraint audit_period CHECK ((to_day >= from_day)),
  constraint audit_sample_range CHECK (((sample_size >= 1) AND (sample_size <= 200))),
  constraint audit_seed_when_drawn CHECK (((state = 'planned'::text) = (seed IS NULL))),
  constraint audit_state_known CHECK ((state = ANY (ARRAY['planned'::text, 'drawn'::text, 'closed'::text])))
);
create INDEX audit_by_closing ON cases.audit USING btree (closed_at) WHERE (closed_at IS NOT NULL);
create INDEX audit_by_plan ON cases.audit USING btree (planned_on DESC, id DESC);

create table cases.audit_case (
  customer_id uuid not null,
  audit_id    uuid not null,
  case_id     uuid not null,
  place       smallint not null,
  stratum     text not null,
  answers     jsonb not null default '{}'::jsonb,
  told        jsonb not null default '{}'::jsonb,
  note        text,
  looked_at   timestamp with time zone,
  version     integer not null default 1,
  constraint audit_case_pkey PRIMARY KEY (customer_id, audit_id, case_id),
  constraint audit_case_case_fkey FOREIGN KEY (customer_id, case_id) REFERENCES cases."case"(customer_id, id) ON DELETE CASCADE,
  constraint audit_case_stratum_known CHECK ((stratum = ANY (ARRAY['established'::text, 'not-established'::text, 'undecided'::text])))
);
create INDEX audit_case_of_audit ON cases.audit_case USING btree (audit_id, place);

create table cases.audit_finding (
  audit_id uuid not null,
  id       uuid not null,
  grade    text not null,
  item     text,
  text     text not null,
  owner_id text,
  due_day  date,
  made_at  timestamp with time zone not null,
  made_by  text not null,
  constraint audit_finding_pkey PRIMARY KEY (audit_id, id),
  constraint audit_finding_audit_fkey FOREIGN KEY (audit_id) REFERENCES cases.audit(id) ON DELETE CASCADE,
  constraint audit_finding_grade_known CHECK ((grade = ANY (ARRAY['conform'::text, 'minor'::text, 'major'::text]))),
  constraint audit_finding_owed CHECK ((((owner_id IS NULL) = (due_day IS NULL)) AND ((grade <> 'conform'::text) OR (owner_id IS NULL))))
);

create table cases.authority (
  version integer not null,
  lines   jsonb not null,
  made_at timestamp with time zone not null,
  made_by text not null,
  constraint authority_pkey PRIMARY KEY (version)
);

create table cases.case (
  customer_id     uuid not null,
  id              uuid not null,
  number          text not null,
  kind            text not null,
  process_key     text not null,
  process_version integer not null,
  step            text not null,
  state           text not null,
  paused          boolean not null default false,
  subject         text not null,
  channel         text not null,
  language        text,
  category        text,
  reason          text,
  severity        smallint not null default 3,
  priority        smallint not null default 5,
  finding         text,
  owner_id        text,
  department_id   uuid,
  person_id       text,
  cause_id        uuid,
  problem_id      uuid,
  order_id        uuid,
  product_code    text,
  policy_id       uuid,
  policy_version  integer,
  tier            text,
  due_at          timestamp with time zone,
  next_at         timestamp with time zone,
  rank_at         timestamp with time zone not null,
  late            boolean not null default false,
  received_at     timestamp with time zone not null,
  opened_at       timestamp with time zone not null,
  opened_by       text not null,
  acknowledged_at timestamp with time zone,
  answered_at     timestamp with time zone,
  resolved_at     timestamp with time zone,
  closed_at       timestamp with time zone,
  reopened        smallint not null default 0,
  transfers       smallint not null default 0,
  satisfied       boolean,
  remedy_minor    bigint not null default 0,
  recovered_minor bigint not null default 0,
  minutes         integer not null default 0,
  repeat_of       uuid,
  proactive       boolean not null default false,
  version         integer not null,
  recurred        boolean not null default false,
  immediate       boolean not null default false,
  found_by        uuid,
  assigned_at     timestamp with time zone,
  team_id         uuid,
  constraint case_pkey PRIMARY KEY (customer_id, id),
  constraint case_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE,
  constraint case_kind_known CHECK ((kind = ANY (ARRAY['complaint'::text, 'suggestion'::text, 'enquiry'::text, 'claim'::text, 'repair'::text, 'custom-request'::text, 'request'::text, 'goodwill'::text]))),
  constraint case_priority_range CHECK (((priority >= 1) AND (priority <= 9))),
  constraint case_severity_range CHECK (((severity >= 1) AND (severity <= 4))),
  constraint case_state_known CHECK ((state = ANY (ARRAY['open'::text, 'resolved'::text, 'closed'::text, 'withdrawn'::text, 'merged'::text, 'converted'::text])))
);
create INDEX case_by_assignment ON cases."case" USING btree (owner_id, assigned_at DESC) WHERE ((owner_id IS NOT NULL) AND (assigned_at IS NOT NULL));
create INDEX case_by_closing ON cases."case" USING btree (closed_at DESC, id DESC) WHERE (closed_at IS NOT NULL);
create INDEX case_by_id ON cases."case" USING btree (id);
create INDEX case_by_kind ON cases."case" USING btree (kind, state, late, opened_at DESC, id DESC);
create INDEX case_by_number ON cases."case" USING btree (number);
create INDEX case_by_opening ON cases."case" USING btree (opened_at DESC, id DESC);
create INDEX case_going_of_owner ON cases."case" USING btree (owner_id, opened_at, id) WHERE ((state = ANY (ARRAY['open'::text, 'resolved'::text])) AND (owner_id IS NOT NULL));
create INDEX case_in_hand_of_product ON cases."case" USING btree (product_code) WHERE ((state = 'open'::text) AND (owner_id IS NOT NULL) AND (product_code IS NOT NULL));
create INDEX case_in_hand_of_team ON cases."case" USING btree (team_id) WHERE ((state = 'open'::text) AND (owner_id IS NOT NULL) AND (team_id IS NOT NULL));
create INDEX case_next ON cases."case" USING btree (next_at) WHERE (next_at IS NOT NULL);
create INDEX case_of_cause ON cases."case" USING btree (cause_id, opened_at) WHERE (cause_id IS NOT NULL);
create INDEX case_of_customer ON cases."case" USING btree (customer_id, opened_at DESC, id DESC);
create INDEX case_of_order ON cases."case" USING btree (customer_id, order_id) WHERE (order_id IS NOT NULL);
create INDEX case_of_problem ON cases."case" USING btree (problem_id, opened_at) WHERE (problem_id IS NOT NULL);
create INDEX case_open ON cases."case" USING btree (rank_at, id) WHERE (state = 'open'::text);
create INDEX case_open_by_kind ON cases."case" USING btree (kind, late, rank_at, id) WHERE (state = 'open'::text);
create INDEX case_open_of_department ON cases."case" USING btree (department_id, rank_at, id) WHERE ((state = 'open'::text) AND (department_id IS NOT NULL));
create INDEX case_open_of_nobody ON cases."case" USING btree (rank_at, id) WHERE ((state = 'open'::text) AND (owner_id IS NULL));
create INDEX case_open_of_nobody_by_kind ON cases."case" USING btree (kind, late, rank_at, id) WHERE ((state = 'open'::text) AND (owner_id IS NULL));
create INDEX case_open_of_owner ON cases."case" USING btree (owner_id, rank_at, id) WHERE ((state = 'open'::text) AND (owner_id IS NOT NULL));
create INDEX case_open_of_team ON cases."case" USING btree (team_id, rank_at, id) WHERE ((state = 'open'::text) AND (owner_id IS NULL) AND (team_id IS NOT NULL));

create table cases.cause (
  id         uuid not null,
  parent_id  uuid,
  kind       text not null,
  names      jsonb not null,
  retired    boolean not null default false,
  version    integer not null default 1,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint cause_pkey PRIMARY KEY (id)
);
create INDEX cause_below ON cases.cause USING btree (parent_id);

create table cases.contest (
  customer_id   uuid not null,
  case_id       uuid not null,
  id            uuid not null,
  way           text not null,
  body_id       uuid,
  opened_on     date not null,
  opened_at     timestamp with time zone not null,
  judge_id      text,
  due_at        timestamp with time zone,
  rank_at       timestamp with time zone not null,
  alert_at      timestamp with time zone,
  alerted_at    timestamp with time zone,
  outcome       text,
  decided_on    date,
  redress_minor bigint not null default 0,
  constraint contest_pkey PRIMARY KEY (customer_id, case_id, id),
  constraint contest_case_fkey FOREIGN KEY (customer_id, case_id) REFERENCES cases."case"(customer_id, id) ON DELETE CASCADE,
  constraint contest_outcome_known CHECK ((outcome = ANY (ARRAY['upheld'::text, 'partly'::text, 'dismissed'::text, 'lapsed'::text, 'not-upheld'::text, 'settled'::text, 'withdrawn'::text, 'outside-remit'::text]))),
  constraint contest_way_known CHECK ((way = ANY (ARRAY['inside'::text, 'outside'::text])))
);
create INDEX contest_by_decision ON cases.contest USING btree (decided_on, way) WHERE (decided_on IS NOT NULL);
create INDEX contest_by_opening ON cases.contest USING btree (opened_on, way);
create INDEX contest_open ON cases.contest USING btree (way, rank_at, id) WHERE (outcome IS NULL);
create INDEX contest_open_of_judge ON cases.contest USING btree (judge_id, rank_at, id) WHERE ((outcome IS NULL) AND (judge_id IS NOT NULL));
create INDEX contest_to_alert ON cases.contest USING btree (alert_at) WHERE ((outcome IS NULL) AND (alerted_at IS NULL) AND (alert_at IS NOT NULL));

create table cases.desertion (
  customer_id uuid not null,
  id          uuid not null,
  left_on     date not null,
  rival       text,
  reason      text,
  note        text,
  back_on     date,
  noted_at    timestamp with time zone not null,
  noted_by    text not null,
  version     integer not null default 1,
  constraint desertion_pkey PRIMARY KEY (customer_id, id),
  constraint desertion_comes_before_return CHECK (((back_on IS NULL) OR (back_on >= left_on)))
);
create INDEX desertion_by_day ON cases.desertion USING btree (left_on DESC, id DESC);
create INDEX desertion_by_id ON cases.desertion USING btree (id);

create table cases.event (
  customer_id uuid not null,
  case_id     uuid not null,
  seq         integer not null,
  kind        text not null,
  data        jsonb not null,
  words       jsonb,
  at          timestamp with time zone not null,
  by          text not null,
  constraint event_pkey PRIMARY KEY (customer_id, case_id, seq),
  constraint event_case_fkey FOREIGN KEY (customer_id, case_id) REFERENCES cases."case"(customer_id, id) ON DELETE CASCADE
);
create INDEX event_by_time ON cases.event USING brin (at);
create INDEX event_decided ON cases.event USING btree (kind, at) WHERE (kind = ANY (ARRAY['decided'::text, 'effectiveness-checked'::text]));
create INDEX event_heard ON cases.event USING btree (at DESC, case_id DESC) WHERE (kind = 'feedback'::text);
create INDEX event_of_breach ON cases.event USING btree (at DESC, case_id, seq) WHERE (kind = 'breached'::text);
create INDEX event_of_delay ON cases.event USING btree (at DESC, case_id, seq) WHERE ((kind = 'responsibility-settled'::text) AND ((data ->> 'delayedBy'::text) IS NOT NULL));
create INDEX event_on_timeline ON cases.event USING btree (customer_id, at DESC, case_id, seq) WHERE (kind = ANY (ARRAY['opened'::text, 'resolved'::text, 'closed'::text, 'reopened'::text, 'withdrawn'::text]));

create table cases.figure (
  customer_id     uuid not null,
  case_id         uuid not null,
  received_on     date not null,
  closed_on       date,
  kind            text not null,
  state           text not null,
  category        text,
  reason          text,
  dissatisfaction text,
  cause           text,
  department_id   uuid,
  product_code    text,
  tier            text,
  finding         text,
  problem_id      uuid,
  late            boolean not null,
  reopened        smallint not null,
  repeated        boolean not null,
  satisfied       boolean,
  minutes         integer not null,
  remedy_minor    bigint not null,
  goodwill_minor  bigint not null,
  recovered_minor bigint not null,
  answer_seconds  integer,
  settle_seconds  integer,
  closing         text,
  check_on        date,
  check_days      smallint,
  check_asked     smallint,
  proactive       boolean not null default false,
  found           text,
  extra           text,
  quoted          boolean not null default false,
  accepted        boolean,
  fulfilled       boolean not null default false,
  claim           text,
  claim_minor     bigint not null default 0,
  regimes         text[] not null default '{}'::text[],
  missed          text[] not null default '{}'::text[],
  constraint figure_pkey PRIMARY KEY (customer_id, case_id),
  constraint figure_case_fkey FOREIGN KEY (customer_id, case_id) REFERENCES cases."case"(customer_id, id) ON DELETE CASCADE,
  constraint figure_closing_known CHECK ((closing = ANY (ARRAY['three-days'::text, 'eight-weeks'::text, 'later'::text]))),
  constraint figure_found_known CHECK ((found = ANY (ARRAY['first'::text, 'too-late'::text])))
);
create INDEX figure_by_cause ON cases.figure USING btree (cause, received_on DESC, case_id DESC) WHERE (cause IS NOT NULL);
create INDEX figure_by_day ON cases.figure USING btree (received_on DESC, case_id DESC);
create INDEX figure_by_end ON cases.figure USING btree (closed_on, kind) WHERE (state = 'closed'::text);
create INDEX figure_by_product ON cases.figure USING btree (product_code, received_on DESC, case_id DESC) WHERE (product_code IS NOT NULL);
create INDEX figure_by_reason ON cases.figure USING btree (category, reason, received_on DESC, case_id DESC);
create INDEX figure_of_claim ON cases.figure USING btree (received_on DESC, case_id DESC) WHERE (claim IS NOT NULL);
create INDEX figure_of_problem ON cases.figure USING btree (problem_id, received_on) WHERE (problem_id IS NOT NULL);
create INDEX figure_open ON cases.figure USING btree (received_on DESC, case_id DESC) WHERE (state = 'open'::text);
create INDEX figure_said_again ON cases.figure USING btree (received_on, customer_id) WHERE repeated;
create INDEX figure_to_ask ON cases.figure USING btree (check_on, case_id) WHERE ((check_on IS NOT NULL) AND (check_asked IS DISTINCT FROM check_days));
create INDEX figure_to_check ON cases.figure USING btree (check_on) WHERE (check_on IS NOT NULL);

create table cases.improvement (
  customer_id   uuid not null,
  case_id       uuid not null,
  text          text not null,
  owner_id      text,
  due_day       date,
  commitment_id uuid,
  state         text not null default 'open'::text,
  done_on       date,
  effect        text,
  made_at       timestamp with time zone not null,
  made_by       text not null,
  version       integer not null default 1,
  constraint improvement_pkey PRIMARY KEY (customer_id, case_id),
  constraint improvement_case_fkey FOREIGN KEY (customer_id, case_id) REFERENCES cases."case"(customer_id, id) ON DELETE CASCADE,
  constraint improvement_done_on_a_day CHECK (((state = 'done'::text) = (done_on IS NOT NULL))),
  constraint improvement_effect_known CHECK ((effect = ANY (ARRAY['effective'::text, 'not-effective'::text, 'too-early'::text, 'too-little-data'::text]))),
  constraint improvement_state_known CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'dropped'::text])))
);
create INDEX improvement_by_due ON cases.improvement USING btree (state, COALESCE(due_day, '9999-12-31'::date), case_id);
create INDEX improvement_of_commitment ON cases.improvement USING btree (commitment_id) WHERE (commitment_id IS NOT NULL);
create INDEX improvement_of_owner ON cases.improvement USING btree (owner_id, state, COALESCE(due_day, '9999-12-31'::date), case_id) WHERE (owner_id IS NOT NULL);

create table cases.mail (
  customer_id   uuid not null,
  id            uuid not null,
  case_id       uuid not null,
  direction     text not null,
  mail_id       uuid not null,
  mailbox_id    uuid,
  message_id    text,
  reference_ids text[] not null default '{}'::text[],
  from_name     text not null,
  from_address  text not null,
  to_address    text not null,
  subject       text not null,
  body          text not null,
  html          text,
  files         jsonb not null default '[]'::jsonb,
  language      text,
  automatic     text,
  at            timestamp with time zone not null,
  verdicts      jsonb,
  constraint mail_pkey PRIMARY KEY (customer_id, id),
  constraint mail_case_fkey FOREIGN KEY (customer_id, case_id) REFERENCES cases."case"(customer_id, id) ON DELETE CASCADE,
  constraint mail_direction_known CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text])))
);
create INDEX mail_by_message ON cases.mail USING btree (customer_id, message_id);
create INDEX mail_of_case ON cases.mail USING btree (customer_id, case_id, at, id);
create INDEX mail_of_sender ON cases.mail USING btree (from_address, at) WHERE (direction = 'in'::text);

create table cases.management_review (
  id           uuid not null,
  from_day     date not null,
  to_day       date not null,
  state        text not null,
  participants text[] not null default '{}'::text[],
  guests       text,
  prepared_at  timestamp with time zone not null,
  prepared_by  text not null,
  held_at      timestamp with time zone,
  held_by      text,
  snapshot     jsonb,
  version      integer not null default 1,
  constraint management_review_pkey PRIMARY KEY (id),
  constraint management_review_once UNIQUE (from_day, to_day),
  constraint management_review_kept_when_held CHECK (((state = 'held'::text) = ((snapshot IS NOT NULL) AND (held_at IS NOT NULL) AND (held_by IS NOT NULL)))),
  constraint management_review_period CHECK ((to_day >= from_day)),
  constraint management_review_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'held'::text])))
);
create INDEX management_review_by_period ON cases.management_review USING btree (to_day DESC, id DESC);

create table cases.message (
  customer_id uuid not null,
  id          uuid not null,
  case_id     uuid not null,
  direction   text not null,
  channel     text not null,
  body        text not null,
  at          timestamp with time zone not null,
  by          text not null,
  automatic   boolean not null default false,
  file_ids    uuid[] not null default '{}'::uuid[],
  mail_id     uuid,
  constraint message_pkey PRIMARY KEY (customer_id, id),
  constraint message_case_fkey FOREIGN KEY (customer_id, case_id) REFERENCES cases."case"(customer_id, id) ON DELETE CASCADE,
  constraint message_direction_known CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text])))
);
create INDEX message_heard ON cases.message USING btree (at DESC, id DESC) WHERE ((direction = 'in'::text) AND (NOT automatic));
create INDEX message_of_case ON cases.message USING btree (customer_id, case_id, at, id);

create table cases.minutes_item (
  id         uuid not null,
  meeting_id uuid not null,
  text       text not null,
  made_at    timestamp with time zone not null,
  made_by    text not null,
  version    integer not null default 1,
  constraint minutes_item_pkey PRIMARY KEY (id),
  constraint minutes_item_meeting_fkey FOREIGN KEY (meeting_id) REFERENCES cases.advisory_meeting(id)
);
create INDEX minutes_item_of_meeting ON cases.minutes_item USING btree (meeting_id, made_at, id);

create table cases.minutes_voice (
  customer_id uuid not null,
  item_id     uuid not null,
  case_id     uuid,
  constraint minutes_voice_pkey PRIMARY KEY (customer_id, item_id),
  constraint minutes_voice_case_fkey FOREIGN KEY (customer_id, case_id) REFERENCES cases."case"(customer_id, id)
);
create INDEX minutes_voice_of_item ON cases.minutes_voice USING btree (item_id);

create table cases.outside_body (
  id              uuid not null,
  names           jsonb not null,
  about           jsonb not null,
  url             text,
  kinds           text[] not null,
  categories      text[] not null,
  regimes         text[] not null,
  deadline_amount integer,
  deadline_unit   text,
  binding         text not null,
  retired         boolean not null default false,
  version         integer not null default 1,
  changed_at      timestamp with time zone not null,
  changed_by      text not null,
  constraint outside_body_pkey PRIMARY KEY (id),
  constraint outside_body_binding_known CHECK ((binding = ANY (ARRAY['always'::text, 'if-accepted'::text, 'never'::text]))),
  constraint outside_body_deadline CHECK ((((deadline_amount IS NULL) = (deadline_unit IS NULL)) AND (deadline_amount > 0) AND (deadline_unit = ANY (ARRAY['days'::text, 'months'::text]))))
);

create table cases.penalty_rule (
  version    integer not null,
  definition jsonb not null,
  made_at    timestamp with time zone not null,
  made_by    text not null,
  constraint penalty_rule_pkey PRIMARY KEY (version)
);

create table cases.problem (
  id           uuid not null,
  title        text not null,
  description  text,
  state        text not null,
  cause        text,
  category     text,
  reason       text,
  product_code text,
  owner_id     text,
  alert        jsonb,
  alerted_on   date,
  cured_on     date,
  checked_days smallint,
  asked_days   smallint,
  opened_at    timestamp with time zone not null,
  opened_by    text not null,
  closed_at    timestamp with time zone,
  closed_by    text,
  note         text,
  version      integer not null default 1,
  constraint problem_pkey PRIMARY KEY (id),
  constraint problem_about_something CHECK ((COALESCE(cause, category, product_code) IS NOT NULL)),
  constraint problem_reason_of_category CHECK (((reason IS NULL) OR (category IS NOT NULL))),
  constraint problem_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'open'::text, 'watched'::text, 'solved'::text, 'dismissed'::text])))
);
create INDEX problem_by_opening ON cases.problem USING btree (opened_at DESC, id DESC);

create table cases.problem_action (
  problem_id    uuid not null,
  id            uuid not null,
  text          text not null,
  owner_id      text not null,
  due_day       date not null,
  commitment_id uuid,
  state         text not null,
  done_on       date,
  made_at       timestamp with time zone not null,
  made_by       text not null,
  version       integer not null default 1,
  constraint problem_action_pkey PRIMARY KEY (problem_id, id),
  constraint problem_action_problem_fkey FOREIGN KEY (problem_id) REFERENCES cases.problem(id) ON DELETE CASCADE,
  constraint problem_action_done_on_a_day CHECK (((state = 'done'::text) = (done_on IS NOT NULL))),
  constraint problem_action_state_known CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'dropped'::text])))
);
create INDEX problem_action_by_due ON cases.problem_action USING btree (state, due_day, id);
create INDEX problem_action_of_commitment ON cases.problem_action USING btree (commitment_id) WHERE (commitment_id IS NOT NULL);

create table cases.problem_check (
  problem_id uuid not null,
  id         uuid not null,
  days       smallint not null,
  verdict    text not null,
  figures    jsonb not null,
  note       text,
  made_at    timestamp with time zone not null,
  made_by    text not null,
  constraint problem_check_pkey PRIMARY KEY (problem_id, id),
  constraint problem_check_problem_fkey FOREIGN KEY (problem_id) REFERENCES cases.problem(id) ON DELETE CASCADE,
  constraint problem_check_verdict_known CHECK ((verdict = ANY (ARRAY['effective'::text, 'not-effective'::text, 'too-early'::text, 'too-little-data'::text])))
);

create table cases.process (
  key          text not null,
  version      integer not null,
  kind         text not null,
  definition   jsonb not null,
  state        text not null,
  made_at      timestamp with time zone not null,
  made_by      text not null,
  published_at timestamp with time zone,
  edit         integer not null default 1,
  constraint process_pkey PRIMARY KEY (key, version),
  constraint process_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'retired'::text])))
);

create table cases.process_action (
  id            uuid not null,
  review_id     uuid,
  audit_id      uuid,
  text          text not null,
  owner_id      text not null,
  due_day       date not null,
  commitment_id uuid,
  state         text not null default 'open'::text,
  done_on       date,
  made_at       timestamp with time zone not null,
  made_by       text not null,
  version       integer not null default 1,
  dropped_on    date,
  constraint process_action_pkey PRIMARY KEY (id),
  constraint process_action_audit_fkey FOREIGN KEY (audit_id) REFERENCES cases.audit(id),
  constraint process_action_review_fkey FOREIGN KEY (review_id) REFERENCES cases.management_review(id),
  constraint process_action_done_on_a_day CHECK (((state = 'done'::text) = (done_on IS NOT NULL))),
  constraint process_action_dropped_on_a_day CHECK (((state = 'dropped'::text) = (dropped_on IS NOT NULL))),
  constraint process_action_of_one CHECK ((num_nonnulls(review_id, audit_id) = 1)),
  constraint process_action_state_known CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'dropped'::text])))
);
create INDEX process_action_by_due ON cases.process_action USING btree (state, due_day, id);
create INDEX process_action_of_audit ON cases.process_action USING btree (audit_id) WHERE (audit_id IS NOT NULL);
create INDEX process_action_of_commitment ON cases.process_action USING btree (commitment_id) WHERE (commitment_id IS NOT NULL);
create INDEX process_action_of_owner ON cases.process_action USING btree (owner_id) WHERE (state = 'open'::text);
create INDEX process_action_of_review ON cases.process_action USING btree (review_id) WHERE (review_id IS NOT NULL);

create table cases.publication (
  id           uuid not null,
  state        text not null,
  made_at      timestamp with time zone not null,
  made_by      text not null,
  published_at timestamp with time zone,
  published_by text,
  withdrawn_at timestamp with time zone,
  version      integer not null default 1,
  constraint publication_pkey PRIMARY KEY (id),
  constraint publication_published_by_somebody CHECK (((published_at IS NULL) = (published_by IS NULL))),
  constraint publication_seen_once_published CHECK (((state = 'draft'::text) OR (published_at IS NOT NULL))),
  constraint publication_state_known CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'withdrawn'::text])))
);
create INDEX publication_by_making ON cases.publication USING btree (made_at DESC, id DESC);
create INDEX publication_seen ON cases.publication USING btree (published_at DESC, id DESC) WHERE (state = 'published'::text);

create table cases.publication_case (
  customer_id    uuid not null,
  publication_id uuid not null,
  case_id        uuid not null,
  told_at        timestamp with time zone,
  constraint publication_case_pkey PRIMARY KEY (customer_id, publication_id, case_id),
  constraint publication_case_case_fkey FOREIGN KEY (customer_id, case_id) REFERENCES cases."case"(customer_id, id) ON DELETE CASCADE
);
create INDEX publication_case_of_case ON cases.publication_case USING btree (customer_id, case_id);
create INDEX publication_case_of_publication ON cases.publication_case USING btree (publication_id);

create table cases.publication_text (
  publication_id uuid not null,
  language       text not null,
  said           text not null,
  done           text not null,
  constraint publication_text_pkey PRIMARY KEY (publication_id, language),
  constraint publication_text_publication_fkey FOREIGN KEY (publication_id) REFERENCES cases.publication(id) ON DELETE CASCADE,
  constraint publication_text_language_known CHECK ((language = ANY (ARRAY['en'::text, 'zh-CN'::text, 'zh-TW'::text])))
);

create table cases.quality_sheet (
  customer_id uuid not null,
  id          uuid not null,
  case_id     uuid not null,
  agent_id    text not null,
  rights      jsonb not null,
  courtesy    jsonb not null,
  argued      boolean not null,
  verdict     text not null,
  seven_r     text not null,
  core        text not null,
  score       double precision not null,
  note        text,
  judged_at   timestamp with time zone not null,
  judged_by   text not null,
  constraint quality_sheet_pkey PRIMARY KEY (customer_id, id),
  constraint quality_sheet_case_fkey FOREIGN KEY (customer_id, case_id) REFERENCES cases."case"(customer_id, id) ON DELETE CASCADE,
  constraint quality_sheet_score_range CHECK (((score >= (0)::double precision) AND (score <= (100)::double precision))),
  constraint quality_sheet_verdict_known CHECK ((verdict = ANY (ARRAY['argued'::text, 'seven-r-not-met'::text, 'courtesy-too-low'::text, 'passed'::text])))
);
create INDEX quality_sheet_by_time ON cases.quality_sheet USING btree (judged_at);
create INDEX quality_sheet_of_case ON cases.quality_sheet USING btree (customer_id, case_id, judged_at);

create table cases.remedy_offer (
  id             uuid not null,
  kind           text not null,
  names          jsonb not null,
  default_minor  bigint not null default 0,
  most_minor     bigint,
  needs_approval boolean not null default true,
  retired        boolean not null default false,
  version        integer not null default 1,
  changed_at     timestamp with time zone not null,
  changed_by     text not null,
  constraint remedy_offer_pkey PRIMARY KEY (id),
  constraint remedy_offer_amounts CHECK (((default_minor >= 0) AND ((most_minor IS NULL) OR (most_minor >= default_minor))))
);

create table cases.review_entry (
  review_id uuid not null,
  id        uuid not null,
  kind      text not null,
  section   text,
  text      text not null,
  owner_id  text,
  due_day   date,
  made_at   timestamp with time zone not null,
  made_by   text not null,
  version   integer not null default 1,
  constraint review_entry_pkey PRIMARY KEY (review_id, id),
  constraint review_entry_review_fkey FOREIGN KEY (review_id) REFERENCES cases.management_review(id) ON DELETE CASCADE,
  constraint review_entry_kind_known CHECK ((kind = ANY (ARRAY['conclusion'::text, 'decision'::text, 'means'::text, 'addendum'::text]))),
  constraint review_entry_of_section CHECK (((kind <> 'conclusion'::text) OR (section IS NOT NULL))),
  constraint review_entry_owed CHECK ((((owner_id IS NULL) = (due_day IS NULL)) AND ((owner_id IS NULL) OR (kind = 'decision'::text))))
);

create table cases.route (
  id               uuid not null,
  category         text not null,
  reason           text,
  product_category text,
  department_id    uuid not null,
  person_id        text,
  deputy_id        text,
  version          integer not null default 1,
  changed_at       timestamp with time zone not null,
  changed_by       text not null,
  constraint route_pkey PRIMARY KEY (id),
  constraint route_of_matter UNIQUE NULLS NOT DISTINCT (category, reason, product_category)
);

create table cases.self_assessment (
  user_id text not null,
  month   date not null,
  items   jsonb not null,
  points  numeric not null,
  note    text,
  made_at timestamp with time zone not null,
  version integer not null default 1,
  constraint self_assessment_pkey PRIMARY KEY (user_id, month),
  constraint self_assessment_points_range CHECK (((points >= (0)::numeric) AND (points <= (100)::numeric)))
);

create table cases.series (
  last bigint not null generated always as identity,
  constraint series_pkey PRIMARY KEY (last)
);

create table cases.service_point (
  id      uuid not null,
  name    text not null,
  prefix  text not null,
  display text not null,
  active  boolean not null default true,
  version integer not null default 1,
  made_at timestamp with time zone not null,
  made_by text not null,
  constraint service_point_pkey PRIMARY KEY (id),
  constraint service_point_display_key UNIQUE (display)
);

create table cases.staff_entry (
  id           uuid not null,
  user_id      text not null,
  kind         text not null,
  state        text not null,
  case_id      uuid,
  case_number  text,
  role         text,
  act          text,
  amount_minor bigint not null default 0,
  points       integer not null default 0,
  rule_version integer not null,
  basis        jsonb,
  reason       text not null,
  proposed_at  timestamp with time zone not null,
  proposed_by  text not null,
  decided_at   timestamp with time zone,
  decided_by   text,
  note         text,
  version      integer not null default 1,
  constraint staff_entry_pkey PRIMARY KEY (id),
  constraint staff_entry_act_of_recognitions CHECK (((kind = 'recognition'::text) = (act IS NOT NULL))),
  constraint staff_entry_decided_by_somebody CHECK (((decided_at IS NULL) = (decided_by IS NULL))),
  constraint staff_entry_kind_known CHECK ((kind = ANY (ARRAY['penalty'::text, 'recognition'::text]))),
  constraint staff_entry_role_of_penalties CHECK (((kind = 'penalty'::text) = (role IS NOT NULL))),
  constraint staff_entry_state_known CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text])))
);
create INDEX staff_entry_by_time ON cases.staff_entry USING btree (proposed_at DESC, id DESC);
create INDEX staff_entry_of_case ON cases.staff_entry USING btree (case_id) WHERE (case_id IS NOT NULL);
create INDEX staff_entry_of_user ON cases.staff_entry USING btree (user_id, proposed_at DESC, id DESC);
create INDEX staff_entry_waiting ON cases.staff_entry USING btree (proposed_at, id) WHERE (state = 'proposed'::text);

create table cases.staff_score (
  customer_id uuid not null,
  case_id     uuid not null,
  agent_id    text not null,
  at          timestamp with time zone not null,
  attitude    smallint,
  knowledge   smallint,
  skill       smallint,
  constraint staff_score_pkey PRIMARY KEY (customer_id, case_id, agent_id),
  constraint staff_score_case_fkey FOREIGN KEY (customer_id, case_id) REFERENCES cases."case"(customer_id, id) ON DELETE CASCADE,
  constraint staff_score_range CHECK ((((attitude >= 1) AND (attitude <= 5)) AND ((knowledge >= 1) AND (knowledge <= 5)) AND ((skill >= 1) AND (skill <= 5)))),
  constraint staff_score_said CHECK ((num_nonnulls(attitude, knowledge, skill) > 0))
);
create INDEX staff_score_by_time ON cases.staff_score USING btree (at) INCLUDE (agent_id, attitude, knowledge, skill);
create INDEX staff_score_of_agent ON cases.staff_score USING btree (agent_id, at) INCLUDE (attitude, knowledge, skill);

create table cases.ticket (
  point_id  uuid not null,
  day       date not null,
  number    integer not null,
  id        uuid not null,
  state     text not null,
  tier      text,
  rank_at   timestamp with time zone not null,
  issued_at timestamp with time zone not null,
  issued_by text not null,
  called_at timestamp with time zone,
  called_by text,
  counter   text,
  ended_at  timestamp with time zone,
  case_id   uuid,
  version   integer not null default 1,
  constraint ticket_pkey PRIMARY KEY (point_id, day, number),
  constraint ticket_point_fkey FOREIGN KEY (point_id) REFERENCES cases.service_point(id),
  constraint ticket_called_by_somebody CHECK (((state = 'waiting'::text) = (called_at IS NULL))),
  constraint ticket_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'called'::text, 'served'::text, 'no-show'::text])))
);
create INDEX ticket_by_id ON cases.ticket USING btree (id);
create INDEX ticket_waiting ON cases.ticket USING btree (point_id, day, rank_at, number) WHERE (state = 'waiting'::text);

create table cases.ticket_customer (
  customer_id uuid not null,
  ticket_id   uuid not null,
  constraint ticket_customer_pkey PRIMARY KEY (customer_id, ticket_id),
  constraint ticket_customer_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE
);
create INDEX ticket_customer_by_ticket ON cases.ticket_customer USING btree (ticket_id);

create table commitments.account_service (
  customer_id uuid not null,
  id          uuid not null,
  title       text not null,
  detail      text,
  since       date,
  version     integer not null default 1,
  changed_at  timestamp with time zone not null,
  changed_by  text not null,
  constraint account_service_pkey PRIMARY KEY (customer_id, id),
  constraint account_service_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE
);

create table commitments.cadence (
  customer_id uuid not null,
  minimum     smallint not null,
  maximum     smallint not null,
  days        smallint not null,
  set_at      timestamp with time zone not null,
  set_by      text not null,
  constraint cadence_pkey PRIMARY KEY (customer_id),
  constraint cadence_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE
);

create table commitments.commitment (
  customer_id    uuid not null,
  id             uuid not null,
  kind           text not null,
  title          text not null,
  note           text,
  owner_id       text not null,
  requested_by   text not null,
  due_day        date,
  due_at         timestamp with time zone,
  starts_at      timestamp with time zone,
  ends_at        timestamp with time zone,
  channel        text,
  place          text,
  purpose        text,
  plan           text,
  ours           text[] not null default '{}'::text[],
  theirs         text[] not null default '{}'::text[],
  steps          jsonb not null default '[]'::jsonb,
  repeat_unit    text,
  repeat_every   smallint,
  repeat_from    date,
  state          text not null default 'open'::text,
  outcome        text,
  closed_at      timestamp with time zone,
  closed_by      text,
  interaction_id uuid,
  origin_module  text,
  origin_id      text,
  created_at     timestamp with time zone not null,
  created_by     text not null,
  version        integer not null default 1,
  broken_due     timestamp with time zone,
  constraint commitment_pkey PRIMARY KEY (customer_id, id),
  constraint commitment_closed_when_not_open CHECK (((state = 'open'::text) = (closed_at IS NULL))),
  constraint commitment_ends_after_start CHECK ((ends_at > starts_at)),
  constraint commitment_kind_known CHECK ((kind = ANY (ARRAY['task'::text, 'promise'::text, 'visit'::text, 'appointment'::text, 'review'::text, 'approval'::text, 'hand-over'::text]))),
  constraint commitment_repeat_whole CHECK ((((repeat_unit IS NULL) = (repeat_every IS NULL)) AND ((repeat_unit IS NULL) = (repeat_from IS NULL)))),
  constraint commitment_state_known CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'cancelled'::text]))),
  constraint commitment_visit_has_purpose CHECK (((kind <> 'visit'::text) OR (purpose <> ''::text)))
);
create INDEX commitment_by_id ON commitments.commitment USING btree (id);
create INDEX commitment_closed_of_customer ON commitments.commitment USING btree (customer_id, closed_at DESC, id DESC) WHERE (state <> 'open'::text);
create INDEX commitment_in_calendar ON commitments.commitment USING btree (owner_id, starts_at) WHERE (starts_at IS NOT NULL);
create INDEX commitment_of_origin ON commitments.commitment USING btree (customer_id, origin_module, origin_id) WHERE (origin_module IS NOT NULL);
create INDEX commitment_open_asked ON commitments.commitment USING btree (requested_by, due_at, id) WHERE ((state = 'open'::text) AND (owner_id <> requested_by));
create INDEX commitment_open_of_customer ON commitments.commitment USING btree (customer_id, due_at, id) WHERE (state = 'open'::text);
create INDEX commitment_open_of_owner ON commitments.commitment USING btree (owner_id, due_at, id) WHERE (state = 'open'::text);
create INDEX commitment_promise_due ON commitments.commitment USING btree (due_at, id) WHERE ((kind = 'promise'::text) AND (state = 'open'::text) AND (due_at IS DISTINCT FROM broken_due));
create INDEX commitment_with_others ON commitments.commitment USING gin (ours) WHERE (ours <> '{}'::text[]);

create table commitments.event (
  customer_id   uuid not null,
  id            uuid not null,
  commitment_id uuid not null,
  version       integer not null,
  what          text not null,
  changes       jsonb not null default '{}'::jsonb,
  note          text,
  at            timestamp with time zone not null,
  by            text not null,
  constraint event_pkey PRIMARY KEY (customer_id, id),
  constraint event_commitment_fkey FOREIGN KEY (customer_id, commitment_id) REFERENCES commitments.commitment(customer_id, id) ON DELETE CASCADE
);
create INDEX event_by_commitment ON commitments.event USING btree (customer_id, commitment_id, version);
create INDEX event_on_timeline ON commitments.event USING btree (customer_id, at DESC, id DESC) WHERE (what = ANY (ARRAY['created'::text, 'completed'::text, 'cancelled'::text]));

create table commitments.feed (
  user_id    text not null,
  token_hash bytea not null,
  made_at    timestamp with time zone not null,
  constraint feed_pkey PRIMARY KEY (user_id),
  constraint feed_token_key UNIQUE (token_hash)
);

create table commitments.proposal (
  customer_id  uuid not null,
  id           uuid not null,
  need_id      uuid not null,
  product_code text not null,
  note         text,
  state        text not null default 'open'::text,
  made_at      timestamp with time zone not null,
  made_by      text not null,
  closed_at    timestamp with time zone,
  version      integer not null default 1,
  constraint proposal_pkey PRIMARY KEY (customer_id, id),
  constraint proposal_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE,
  constraint proposal_closed_when_not_open CHECK (((state = 'open'::text) = (closed_at IS NULL))),
  constraint proposal_state_known CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'declined'::text])))
);

create table commitments.signal (
  customer_id   uuid not null,
  id            uuid not null,
  text          text not null,
  source        text,
  state         text not null default 'captured'::text,
  is_true       boolean,
  is_important  boolean,
  judgement     text,
  reaction      text,
  commitment_id uuid,
  captured_at   timestamp with time zone not null,
  captured_by   text not null,
  judged_at     timestamp with time zone,
  judged_by     text,
  reacted_at    timestamp with time zone,
  reacted_by    text,
  constraint signal_pkey PRIMARY KEY (customer_id, id),
  constraint signal_state_known CHECK ((state = ANY (ARRAY['captured'::text, 'judged'::text, 'reacted'::text, 'dismissed'::text])))
);
create INDEX signal_by_id ON commitments.signal USING btree (id);
create INDEX signal_closed ON commitments.signal USING btree (captured_at, id) WHERE (state = ANY (ARRAY['reacted'::text, 'dismissed'::text]));
create INDEX signal_open ON commitments.signal USING btree (captured_at, id) WHERE (state = ANY (ARRAY['captured'::text, 'judged'::text]));

create table commitments.worksheet (
  customer_id  uuid not null,
  points       jsonb not null,
  metric       text,
  before_value numeric,
  after_value  numeric,
  version      integer not null,
  changed_at   timestamp with time zone not null,
  changed_by   text not null,
  constraint worksheet_pkey PRIMARY KEY (customer_id),
  constraint worksheet_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE
);

create table customers.alias (
  customer_id uuid not null,
  survivor_id uuid not null,
  merge_id    uuid not null,
  made_at     timestamp with time zone not null,
  constraint alias_pkey PRIMARY KEY (customer_id)
);
create INDEX alias_by_survivor ON customers.alias USING btree (survivor_id);

create table customers.attachment (
  customer_id    uuid not null,
  file_id        uuid not null,
  interaction_id uuid not null,
  name           text not null,
  bytes          bigint not null,
  added_by       text not null,
  added_at       timestamp with time zone not null,
  constraint attachment_pkey PRIMARY KEY (customer_id, file_id),
  constraint attachment_interaction_fkey FOREIGN KEY (customer_id, interaction_id) REFERENCES customers.interaction(customer_id, id) ON DELETE CASCADE
);

-- a view, with these columns:
create table customers.book (
  customer_id          uuid,
  revenue_minor        bigint,
  profit_minor         bigint,
  lifetime_value_minor bigint,
  expected_spend_minor bigint,
  written_in           bigint,
  orders               integer,
  first_order_day      date,
  last_order_day       date,
  valued_on            date,
  probability_alive    real,
  probability_ordering real,
  expected_orders      real,
  tier                 smallint,
  value_label          smallint,
  activity             smallint,
  recency_score        smallint,
  frequency_score      smallint,
  monetary_score       smallint,
  segment              smallint
);

create table customers.book_fresh (
  customer_id          uuid not null,
  revenue_minor        bigint not null default 0,
  profit_minor         bigint not null default 0,
  lifetime_value_minor bigint not null default 0,
  expected_spend_minor bigint,
  written_in           bigint not null default 0,
  orders               integer not null default 0,
  first_order_day      date not null default '-infinity'::date,
  last_order_day       date not null default '-infinity'::date,
  valued_on            date,
  probability_alive    real,
  probability_ordering real,
  expected_orders      real,
  tier                 smallint not null default 1,
  value_label          smallint not null default 0,
  activity             smallint not null default 0,
  recency_score        smallint,
  frequency_score      smallint,
  monetary_score       smallint,
  segment              smallint,
  constraint book_fresh_pkey PRIMARY KEY (customer_id) INCLUDE (tier)
);
create INDEX book_fresh_by_last_order ON customers.book_fresh USING btree (last_order_day, customer_id) INCLUDE (tier, value_label, activity, recency_score, frequency_score, monetary_score, segment);
create INDEX book_fresh_by_lifetime_value ON customers.book_fresh USING btree (tier, lifetime_value_minor, customer_id) INCLUDE (last_order_day, value_label, activity, recency_score, frequency_score, monetary_score, segment);
create INDEX book_fresh_by_profit ON customers.book_fresh USING btree (tier, profit_minor, customer_id) INCLUDE (last_order_day, value_label, activity, recency_score, frequency_score, monetary_score, segment);
create INDEX book_fresh_by_revenue ON customers.book_fresh USING btree (tier, revenue_minor, customer_id) INCLUDE (last_order_day, value_label, activity, recency_score, frequency_score, monetary_score, segment);

create table customers.book_settled (
  customer_id          uuid not null,
  revenue_minor        bigint not null default 0,
  profit_minor         bigint not null default 0,
  lifetime_value_minor bigint not null default 0,
  expected_spend_minor bigint,
  written_in           bigint not null default 0,
  orders               integer not null default 0,
  first_order_day      date not null default '-infinity'::date,
  last_order_day       date not null default '-infinity'::date,
  valued_on            date,
  probability_alive    real,
  probability_ordering real,
  expected_orders      real,
  tier                 smallint not null default 1,
  value_label          smallint not null default 0,
  activity             smallint not null default 0,
  recency_score        smallint,
  frequency_score      smallint,
  monetary_score       smallint,
  segment              smallint,
  constraint book_settled_pkey PRIMARY KEY (customer_id) INCLUDE (tier)
);
create INDEX book_settled_by_last_order ON customers.book_settled USING btree (last_order_day, customer_id) INCLUDE (tier, value_label, activity, recency_score, frequency_score, monetary_score, segment);
create INDEX book_settled_by_lifetime_value ON customers.book_settled USING btree (tier, lifetime_value_minor, customer_id) INCLUDE (last_order_day, value_label, activity, recency_score, frequency_score, monetary_score, segment);
create INDEX book_settled_by_profit ON customers.book_settled USING btree (tier, profit_minor, customer_id) INCLUDE (last_order_day, value_label, activity, recency_score, frequency_score, monetary_score, segment);
create INDEX book_settled_by_revenue ON customers.book_settled USING btree (tier, revenue_minor, customer_id) INCLUDE (last_order_day, value_label, activity, recency_score, frequency_score, monetary_score, segment);

create table customers.change (
  customer_id uuid not null,
  id          uuid not null,
  field       text not null,
  before      jsonb,
  after       jsonb,
  changed_at  timestamp with time zone not null,
  changed_by  text not null,
  run_id      uuid,
  constraint change_pkey PRIMARY KEY (customer_id, id),
  constraint change_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE
);
create INDEX change_by_run ON customers.change USING btree (run_id, customer_id) WHERE (run_id IS NOT NULL);
create INDEX change_by_time ON customers.change USING btree (changed_at, customer_id, id) INCLUDE (field);

create table customers.consent (
  customer_id  uuid not null,
  id           uuid not null,
  purpose      text not null,
  channel      text not null,
  given        boolean not null,
  text_version integer,
  decided_at   timestamp with time zone not null,
  origin       text not null,
  note         text,
  recorded_by  text not null,
  recorded_at  timestamp with time zone not null,
  run_id       uuid,
  constraint consent_pkey PRIMARY KEY (customer_id, id),
  constraint consent_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE
);
create INDEX consent_by_run ON customers.consent USING btree (run_id, customer_id) WHERE (run_id IS NOT NULL);
create INDEX consent_given ON customers.consent USING btree (purpose, channel, customer_id) WHERE given;

create table customers.contact_point (
  customer_id uuid not null,
  id          uuid not null,
  person_id   uuid,
  kind        text not null,
  value       text,
  comparable  text,
  label       text,
  preferred   boolean not null default false,
  hours       text,
  version     integer not null default 1,
  created_at  timestamp with time zone not null,
  made_by_run uuid,
  constraint contact_point_pkey PRIMARY KEY (customer_id, id),
  constraint contact_point_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE,
  constraint contact_point_kind_known CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text, 'address'::text, 'messenger'::text])))
);
create INDEX contact_point_made_by_run ON customers.contact_point USING btree (made_by_run, customer_id) WHERE (made_by_run IS NOT NULL);

create table customers.customer (
  customer_id    uuid not null,
  kind           text not null default 'person'::text,
  name           text not null,
  name_key       text collate "C" not null,
  given_name     text,
  family_name    text,
  company        text,
  email          text,
  phone          text,
  gender         text,
  birthday       date,
  language       text,
  address        text,
  city           text,
  region         text,
  country        text,
  postcode       text,
  owner_id       text,
  tags           text[] not null default '{}'::text[],
  note           text,
  extended       jsonb not null default '{}'::jsonb,
  hand_fields    text[] not null default '{}'::text[],
  profiling      boolean not null default true,
  completeness   smallint not null default 0,
  source_id      smallint,
  external_key   text,
  made_by_run    uuid,
  changed_by_run uuid,
  created_at     timestamp with time zone not null,
  created_by     text not null,
  updated_at     timestamp with time zone not null,
  version        integer not null default 1,
  role           text not null default 'customer'::text,
  phase          text,
  erased_at      timestamp with time zone,
  constraint customer_pkey PRIMARY KEY (customer_id),
  constraint customer_kind_known CHECK ((kind = ANY (ARRAY['person'::text, 'company'::text]))),
  constraint customer_phase_known CHECK ((phase = ANY (ARRAY['identify'::text, 'build'::text, 'maintain'::text, 'consolidate'::text]))),
  constraint customer_role_known CHECK ((role = ANY (ARRAY['customer'::text, 'dealer'::text, 'partner'::text, 'press'::text, 'community'::text, 'internal'::text])))
);
create INDEX customer_born ON customers.customer USING btree (birthday) WHERE (birthday IS NOT NULL);
create INDEX customer_by_birthday ON customers.customer USING btree ((((EXTRACT(month FROM birthday) * (100)::numeric) + EXTRACT(day FROM birthday)))) WHERE (birthday IS NOT NULL);
create INDEX customer_by_city ON customers.customer USING btree (city) WHERE (city IS NOT NULL);
create INDEX customer_by_created ON customers.customer USING btree (created_at, customer_id);
create INDEX customer_by_extended ON customers.customer USING gin (extended jsonb_path_ops) WHERE (extended <> '{}'::jsonb);
create INDEX customer_by_name ON customers.customer USING btree (name_key, customer_id);
create INDEX customer_by_owner ON customers.customer USING btree (owner_id, customer_id) WHERE (owner_id IS NOT NULL);
create INDEX customer_by_region ON customers.customer USING btree (region) WHERE (region IS NOT NULL);
create INDEX customer_by_role ON customers.customer USING btree (customer_id) WHERE (role <> 'customer'::text);
create INDEX customer_by_tag ON customers.customer USING gin (tags) WHERE (cardinality(tags) > 0);
create INDEX customer_erased ON customers.customer USING btree (customer_id) WHERE (erased_at IS NOT NULL);
create INDEX customer_without_profiling ON customers.customer USING btree (customer_id) WHERE (NOT profiling);

create table customers.duplicate (
  customer_id uuid not null,
  other_id    uuid not null,
  score       real not null,
  reasons     jsonb not null,
  state       text not null,
  run_id      uuid not null,
  found_at    timestamp with time zone not null,
  decided_at  timestamp with time zone,
  decided_by  text,
  constraint duplicate_pkey PRIMARY KEY (customer_id, other_id),
  constraint duplicate_state_known CHECK ((state = ANY (ARRAY['open'::text, 'later'::text, 'different'::text, 'same'::text])))
);
create INDEX duplicate_by_other ON customers.duplicate USING btree (other_id);
create INDEX duplicate_by_score ON customers.duplicate USING btree (state, score, customer_id, other_id);

create table customers.duplicate_key (
  customer_id uuid not null,
  key         bigint not null
);
create INDEX duplicate_key_by_key ON customers.duplicate_key USING btree (key, customer_id);

create table customers.duplicate_pair (
  customer_id uuid not null,
  other_id    uuid not null,
  constraint duplicate_pair_pkey PRIMARY KEY (customer_id, other_id)
);

create table customers.erasure (
  customer_id  uuid not null,
  id           uuid not null,
  state        text not null,
  reason       text not null,
  hold_reason  text,
  hold_until   date,
  requested_by text not null,
  requested_at timestamp with time zone not null,
  confirmed_by text,
  confirmed_at timestamp with time zone,
  run_id       uuid,
  ended_at     timestamp with time zone,
  version      integer not null default 1,
  constraint erasure_pkey PRIMARY KEY (customer_id, id),
  constraint erasure_state_known CHECK ((state = ANY (ARRAY['requested'::text, 'waiting'::text, 'confirmed'::text, 'done'::text, 'withdrawn'::text])))
);
create INDEX erasure_recent ON customers.erasure USING btree (requested_at DESC, id DESC);

create table customers.followed (
  run_id   uuid not null,
  kind     text not null,
  item_id  uuid not null,
  owner_id text,
  constraint followed_pkey PRIMARY KEY (run_id, kind, item_id)
);

create table customers.interaction (
  customer_id  uuid not null,
  id           uuid not null,
  occurred_at  timestamp with time zone not null,
  channel      text not null,
  direction    text not null,
  stage        text not null,
  summary      text not null,
  minutes      integer not null default 0,
  cost_minor   bigint,
  recorded_by  text not null,
  recorded_at  timestamp with time zone not null,
  opinion      text,
  next_step    text,
  next_step_on date,
  version      integer not null default 1,
  withdrawn_at timestamp with time zone,
  constraint interaction_pkey PRIMARY KEY (customer_id, id),
  constraint interaction_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE,
  constraint interaction_direction_known CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint interaction_stage_known CHECK ((stage = ANY (ARRAY['before'::text, 'during'::text, 'after'::text])))
);
create INDEX interaction_by_time ON customers.interaction USING btree (customer_id, occurred_at DESC, id DESC);
create INDEX interaction_recent ON customers.interaction USING btree (occurred_at, stage);

create table customers.interaction_before (
  customer_id    uuid not null,
  interaction_id uuid not null,
  version        integer not null,
  content        jsonb not null,
  changed_at     timestamp with time zone not null,
  changed_by     text not null,
  constraint interaction_before_pkey PRIMARY KEY (customer_id, interaction_id, version),
  constraint interaction_before_interaction_fkey FOREIGN KEY (customer_id, interaction_id) REFERENCES customers.interaction(customer_id, id) ON DELETE CASCADE
);

create table customers.key_person (
  customer_id uuid not null,
  id          uuid not null,
  name        text not null,
  role        text,
  email       text,
  phone       text,
  birthday    date,
  note        text,
  created_at  timestamp with time zone not null,
  decides     text,
  version     integer not null default 1,
  made_by_run uuid,
  constraint key_person_pkey PRIMARY KEY (customer_id, id),
  constraint key_person_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE,
  constraint key_person_decides_known CHECK ((decides = ANY (ARRAY['decides'::text, 'influences'::text, 'uses'::text, 'pays'::text, 'blocks'::text])))
);
create INDEX key_person_by_birthday ON customers.key_person USING btree ((((EXTRACT(month FROM birthday) * (100)::numeric) + EXTRACT(day FROM birthday)))) WHERE (birthday IS NOT NULL);
create INDEX key_person_made_by_run ON customers.key_person USING btree (made_by_run, customer_id) WHERE (made_by_run IS NOT NULL);

create table customers.mention (
  customer_id    uuid not null,
  interaction_id uuid not null,
  user_id        text not null,
  mentioned_at   timestamp with time zone not null,
  constraint mention_pkey PRIMARY KEY (customer_id, interaction_id, user_id),
  constraint mention_interaction_fkey FOREIGN KEY (customer_id, interaction_id) REFERENCES customers.interaction(customer_id, id) ON DELETE CASCADE
);
create INDEX mention_by_user ON customers.mention USING btree (user_id, mentioned_at DESC, interaction_id DESC);

create table customers.merge (
  customer_id uuid not null,
  id          uuid not null,
  merged_id   uuid not null,
  merged_name text not null,
  choices     jsonb not null,
  changes     jsonb not null,
  content     jsonb not null,
  made_at     timestamp with time zone not null,
  made_by     text not null,
  undone_at   timestamp with time zone,
  undone_by   text,
  constraint merge_pkey PRIMARY KEY (customer_id, id)
);

create table customers.need (
  id          uuid not null,
  text        text not null,
  key         text not null,
  category    text,
  state       text not null default 'open'::text,
  merged_into uuid,
  version     integer not null default 1,
  created_at  timestamp with time zone not null,
  created_by  text not null,
  constraint need_pkey PRIMARY KEY (id),
  constraint need_key_key UNIQUE (key),
  constraint need_state_known CHECK ((state = ANY (ARRAY['open'::text, 'planned'::text, 'answered'::text, 'declined'::text])))
);

create table customers.need_note (
  customer_id    uuid not null,
  need_id        uuid not null,
  interaction_id uuid not null,
  noted_at       timestamp with time zone not null,
  noted_by       text not null,
  constraint need_note_pkey PRIMARY KEY (customer_id, need_id, interaction_id),
  constraint need_note_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE,
  constraint need_note_need_fkey FOREIGN KEY (need_id) REFERENCES customers.need(id)
);
create INDEX need_note_by_need ON customers.need_note USING btree (need_id, customer_id) INCLUDE (noted_at);
create INDEX need_note_recent ON customers.need_note USING btree (need_id, noted_at, interaction_id);

create table customers.need_product (
  need_id      uuid not null,
  product_code text not null,
  linked_by    text not null,
  linked_at    timestamp with time zone not null,
  constraint need_product_pkey PRIMARY KEY (need_id, product_code),
  constraint need_product_need_fkey FOREIGN KEY (need_id) REFERENCES customers.need(id)
);

create table customers.own_value (
  customer_id uuid not null,
  field_id    uuid not null,
  place       smallint not null default 0,
  word        text collate "C",
  number      double precision,
  passage     text,
  constraint own_value_pkey PRIMARY KEY (customer_id, field_id, place),
  constraint own_value_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE
);
create INDEX own_value_by_number ON customers.own_value USING btree (field_id, number, customer_id) WHERE (number IS NOT NULL);
create INDEX own_value_by_word ON customers.own_value USING btree (field_id, word, customer_id) WHERE (word IS NOT NULL);
create INDEX own_value_with_passage ON customers.own_value USING btree (field_id, customer_id) WHERE (passage IS NOT NULL);

-- a view, with these columns:
create table customers.referral (
  referrer_id uuid,
  referred_id uuid
);

create table customers.relation (
  customer_id uuid not null,
  id          uuid not null,
  kind        text not null,
  side        text not null,
  other_id    uuid not null,
  note        text,
  created_at  timestamp with time zone not null,
  created_by  text not null,
  constraint relation_pkey PRIMARY KEY (customer_id, id),
  constraint relation_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE,
  constraint relation_kind_known CHECK ((kind = ANY (ARRAY['family'::text, 'group'::text, 'referrer'::text, 'dealer'::text]))),
  constraint relation_side_known CHECK ((side = ANY (ARRAY['first'::text, 'second'::text])))
);
create INDEX relation_by_other ON customers.relation USING btree (other_id);

create table customers.removal (
  id         uuid not null,
  removed_in bigint not null,
  removed_at timestamp with time zone not null,
  constraint removal_pkey PRIMARY KEY (id)
);

create table customers.saved_view (
  id         uuid not null,
  user_id    text not null,
  name       text not null,
  definition jsonb not null,
  created_at timestamp with time zone not null,
  shared     boolean not null default false,
  version    integer not null default 1,
  list       text not null default 'customers'::text,
  constraint saved_view_pkey PRIMARY KEY (id),
  constraint saved_view_name_key UNIQUE (user_id, list, name)
);

create table customers.search_key (
  customer_id uuid not null,
  key         text collate "C" not null,
  name_key    text collate "C" not null,
  constraint search_key_pkey PRIMARY KEY (customer_id, key)
);
create INDEX search_key_by_key ON customers.search_key USING btree (key, customer_id) INCLUDE (name_key);

create table customers.segment (
  id         uuid not null,
  user_id    text not null,
  name       text not null,
  definition jsonb not null,
  shared     boolean not null default false,
  version    integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint segment_pkey PRIMARY KEY (id),
  constraint segment_name_key UNIQUE (user_id, name)
);

create table customers.source (
  id   smallint not null,
  name text not null,
  constraint source_pkey PRIMARY KEY (id),
  constraint source_name_key UNIQUE (name)
);

create table customers.source_record (
  customer_id  uuid not null,
  source_id    smallint not null,
  external_key text not null,
  fields       jsonb not null default '{}'::jsonb,
  run_id       uuid,
  seen_at      timestamp with time zone not null,
  constraint source_record_pkey PRIMARY KEY (customer_id, source_id, external_key)
);

create table customers.source_record_before (
  customer_id  uuid not null,
  run_id       uuid not null,
  source_id    smallint not null,
  external_key text not null,
  before       jsonb,
  constraint source_record_before_pkey PRIMARY KEY (customer_id, run_id, source_id, external_key)
);
create INDEX source_record_before_by_run ON customers.source_record_before USING btree (run_id, customer_id);

create table customers.strategy (
  version     integer not null,
  content     jsonb not null,
  complete    boolean not null,
  saved_at    timestamp with time zone not null,
  saved_by    text not null,
  segment_ids uuid[] not null default '{}'::uuid[],
  approved_at timestamp with time zone,
  approved_by text,
  constraint strategy_pkey PRIMARY KEY (version),
  constraint strategy_approval_whole CHECK (((approved_at IS NULL) = (approved_by IS NULL)))
);

-- a view, with these columns:
create table customers.touch (
  occurred_at timestamp with time zone,
  stage       text
);

create table customers.touch_template (
  id         uuid not null,
  owner_id   text,
  name       text not null,
  content    jsonb not null,
  created_at timestamp with time zone not null,
  version    integer not null default 1,
  constraint touch_template_pkey PRIMARY KEY (id),
  constraint touch_template_name_key UNIQUE NULLS NOT DISTINCT (owner_id, name)
);

create table customers.used_competitor (
  customer_id   uuid not null,
  id            uuid not null,
  name          text not null,
  share_percent smallint,
  note          text,
  created_at    timestamp with time zone not null,
  version       integer not null default 1,
  made_by_run   uuid,
  constraint used_competitor_pkey PRIMARY KEY (customer_id, id),
  constraint used_competitor_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE,
  constraint used_competitor_share_range CHECK (((share_percent >= 0) AND (share_percent <= 100)))
);
create INDEX used_competitor_made_by_run ON customers.used_competitor USING btree (made_by_run, customer_id) WHERE (made_by_run IS NOT NULL);

create table knowledge.article (
  id                    uuid not null,
  key                   text,
  kind                  text not null,
  category              text,
  tags                  text[] not null default '{}'::text[],
  owner_role            text,
  needs_acknowledgement boolean not null default false,
  revision              integer not null,
  published_revision    integer,
  published_at          timestamp with time zone,
  published_by          text,
  version               integer not null default 1,
  changed_at            timestamp with time zone not null,
  changed_by            text not null,
  constraint article_pkey PRIMARY KEY (id),
  constraint article_name_key UNIQUE (key),
  constraint article_published_is_there CHECK ((published_revision <= revision)),
  constraint article_published_whole CHECK (((published_revision IS NULL) = (published_at IS NULL)))
);
create INDEX article_changed ON knowledge.article USING btree (changed_at DESC, id DESC);
create INDEX article_of_kind ON knowledge.article USING btree (kind, category);
create INDEX article_published ON knowledge.article USING btree (published_at DESC, id DESC) WHERE (published_revision IS NOT NULL);

create table knowledge.article_key (
  key        text collate "C" not null,
  article_id uuid not null,
  in_title   boolean not null,
  constraint article_key_pkey PRIMARY KEY (key, article_id),
  constraint article_key_article_fkey FOREIGN KEY (article_id) REFERENCES knowledge.article(id) ON DELETE CASCADE
);
create INDEX article_key_of_article ON knowledge.article_key USING btree (article_id);

create table knowledge.article_reading (
  article_id      uuid not null,
  revision        integer not null,
  user_id         text not null,
  read_at         timestamp with time zone not null,
  acknowledged_at timestamp with time zone,
  constraint article_reading_pkey PRIMARY KEY (article_id, revision, user_id),
  constraint article_reading_revision_fkey FOREIGN KEY (article_id, revision) REFERENCES knowledge.article_revision(article_id, revision) ON DELETE CASCADE
);
create INDEX article_reading_of_person ON knowledge.article_reading USING btree (user_id, article_id, revision);

create table knowledge.article_revision (
  article_id uuid not null,
  revision   integer not null,
  content    jsonb not null,
  note       text,
  made_at    timestamp with time zone not null,
  made_by    text not null,
  constraint article_revision_pkey PRIMARY KEY (article_id, revision),
  constraint article_revision_article_fkey FOREIGN KEY (article_id) REFERENCES knowledge.article(id) ON DELETE CASCADE
);

create table knowledge.bulletin (
  id            uuid not null,
  kind          text not null,
  title         jsonb not null,
  body          jsonb not null,
  tags          text[] not null default '{}'::text[],
  origin_module text,
  origin_id     text,
  published_at  timestamp with time zone not null,
  published_by  text not null,
  withdrawn_at  timestamp with time zone,
  withdrawn_by  text,
  version       integer not null default 1,
  constraint bulletin_pkey PRIMARY KEY (id),
  constraint bulletin_kind_known CHECK ((kind = ANY (ARRAY['lesson'::text, 'recurrence'::text, 'said-done'::text, 'notice'::text]))),
  constraint bulletin_origin_whole CHECK (((origin_module IS NULL) = (origin_id IS NULL))),
  constraint bulletin_withdrawn_whole CHECK (((withdrawn_at IS NULL) = (withdrawn_by IS NULL)))
);
create INDEX bulletin_newest ON knowledge.bulletin USING btree (published_at DESC, id DESC) WHERE (withdrawn_at IS NULL);
create INDEX bulletin_of_origin ON knowledge.bulletin USING btree (origin_module, origin_id) WHERE (origin_module IS NOT NULL);

create table knowledge.bulletin_reading (
  user_id     text not null,
  bulletin_id uuid not null,
  read_at     timestamp with time zone not null,
  constraint bulletin_reading_pkey PRIMARY KEY (user_id, bulletin_id),
  constraint bulletin_reading_bulletin_fkey FOREIGN KEY (bulletin_id) REFERENCES knowledge.bulletin(id) ON DELETE CASCADE
);
create INDEX bulletin_reading_of_bulletin ON knowledge.bulletin_reading USING btree (bulletin_id, user_id);

create table knowledge.course (
  id           uuid not null,
  name         jsonb not null,
  about        jsonb not null,
  skills       text[] not null,
  article_id   uuid,
  technique_id uuid,
  link         text,
  active       boolean not null default true,
  version      integer not null default 1,
  changed_at   timestamp with time zone not null,
  changed_by   text not null,
  constraint course_pkey PRIMARY KEY (id),
  constraint course_article_fkey FOREIGN KEY (article_id) REFERENCES knowledge.article(id),
  constraint course_technique_fkey FOREIGN KEY (technique_id) REFERENCES knowledge.technique(id)
);

create table knowledge.course_completion (
  user_id      text not null,
  course_id    uuid not null,
  completed_at timestamp with time zone not null,
  noted_by     text not null,
  note         text,
  constraint course_completion_pkey PRIMARY KEY (user_id, course_id),
  constraint course_completion_course_fkey FOREIGN KEY (course_id) REFERENCES knowledge.course(id) ON DELETE CASCADE
);
create INDEX course_completion_of_course ON knowledge.course_completion USING btree (course_id, user_id);

create table knowledge.inspection (
  id         uuid not null,
  article_id uuid not null,
  revision   integer not null,
  place      text,
  scores     jsonb not null,
  result     numeric(5,4),
  note       text,
  done_at    timestamp with time zone not null,
  done_by    text not null,
  constraint inspection_pkey PRIMARY KEY (id),
  constraint inspection_revision_fkey FOREIGN KEY (article_id, revision) REFERENCES knowledge.article_revision(article_id, revision)
);
create INDEX inspection_of_article ON knowledge.inspection USING btree (article_id, done_at DESC, id DESC);

create table knowledge.practice (
  id           uuid not null,
  technique_id uuid not null,
  user_id      text not null,
  situation    text not null,
  notes        jsonb not null,
  practised_at timestamp with time zone not null,
  score        smallint,
  feedback     text,
  judged_at    timestamp with time zone,
  judged_by    text,
  constraint practice_pkey PRIMARY KEY (id),
  constraint practice_technique_fkey FOREIGN KEY (technique_id) REFERENCES knowledge.technique(id),
  constraint practice_judged_whole CHECK (((score IS NULL) = (judged_at IS NULL))),
  constraint practice_score_range CHECK (((score >= 1) AND (score <= 5)))
);
create INDEX practice_of_person ON knowledge.practice USING btree (user_id, practised_at DESC, id DESC);
create INDEX practice_waiting ON knowledge.practice USING btree (practised_at, id) WHERE (judged_at IS NULL);

create table knowledge.recognition (
  id       uuid not null,
  user_id  text not null,
  text     text not null,
  given_at timestamp with time zone not null,
  given_by text not null,
  constraint recognition_pkey PRIMARY KEY (id)
);
create INDEX recognition_newest ON knowledge.recognition USING btree (given_at DESC, id DESC);
create INDEX recognition_of_person ON knowledge.recognition USING btree (user_id, given_at DESC, id DESC);

create table knowledge.shipped (
  key text not null,
  constraint shipped_pkey PRIMARY KEY (key)
);

create table knowledge.technique (
  id                 uuid not null,
  key                text,
  name               jsonb not null,
  body               jsonb not null,
  points             jsonb not null,
  rules              jsonb not null,
  minimum_experience smallint,
  is_default         boolean not null default false,
  active             boolean not null default true,
  position           integer not null,
  version            integer not null default 1,
  changed_at         timestamp with time zone not null,
  changed_by         text not null,
  constraint technique_pkey PRIMARY KEY (id),
  constraint technique_key_key UNIQUE (key),
  constraint technique_experience_range CHECK (((minimum_experience >= 1) AND (minimum_experience <= 5)))
);

create table knowledge.technique_use (
  id           uuid not null,
  technique_id uuid not null,
  module       text,
  origin_id    text,
  used_by      text not null,
  used_at      timestamp with time zone not null,
  succeeded    boolean,
  judged_at    timestamp with time zone,
  judged_by    text,
  constraint technique_use_pkey PRIMARY KEY (id),
  constraint technique_use_technique_fkey FOREIGN KEY (technique_id) REFERENCES knowledge.technique(id),
  constraint technique_use_judged_whole CHECK (((succeeded IS NULL) = (judged_at IS NULL))),
  constraint technique_use_origin_whole CHECK (((module IS NULL) = (origin_id IS NULL)))
);
create INDEX technique_use_by_person ON knowledge.technique_use USING btree (used_by, used_at);
create INDEX technique_use_of_origin ON knowledge.technique_use USING btree (module, origin_id) WHERE (module IS NOT NULL);
create INDEX technique_use_of_technique ON knowledge.technique_use USING btree (technique_id, used_at) INCLUDE (succeeded);

create table knowledge.template (
  id         uuid not null,
  key        text,
  kind       text not null,
  name       jsonb not null,
  active     boolean not null default true,
  version    integer not null default 1,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint template_pkey PRIMARY KEY (id),
  constraint template_key_key UNIQUE (key)
);

create table knowledge.template_version (
  template_id uuid not null,
  version     integer not null,
  texts       jsonb not null,
  made_at     timestamp with time zone not null,
  made_by     text not null,
  constraint template_version_pkey PRIMARY KEY (template_id, version),
  constraint template_version_template_fkey FOREIGN KEY (template_id) REFERENCES knowledge.template(id) ON DELETE CASCADE
);

create table orders.anonymous_before (
  run_id uuid not null,
  id     uuid not null,
  before jsonb not null,
  constraint anonymous_before_pkey PRIMARY KEY (run_id, id)
);

create table orders.anonymous_month (
  month          date not null,
  sales          bigint not null,
  lines          bigint not null,
  revenue_minor  bigint not null,
  discount_minor bigint not null,
  refund_minor   bigint not null,
  constraint anonymous_month_pkey PRIMARY KEY (month)
);

create table orders.anonymous_sale (
  id             uuid not null,
  source_id      smallint not null,
  number         text,
  day            date not null,
  currency       text,
  rate           numeric,
  line_count     integer not null,
  lines          text not null,
  revenue_minor  bigint not null,
  discount_minor bigint not null,
  refund_minor   bigint not null,
  fingerprint    bigint not null,
  made_by_run    uuid,
  changed_by_run uuid,
  updated_at     timestamp with time zone not null,
  constraint anonymous_sale_pkey PRIMARY KEY (id)
);
create INDEX anonymous_sale_by_day ON orders.anonymous_sale USING btree (day);

-- a view, with these columns:
create table orders.campaign_purchase (
  customer_id uuid,
  day         date,
  campaign    text
);

create table orders.catalogue_before (
  run_id uuid not null,
  kind   text not null,
  key    text not null,
  before jsonb,
  constraint catalogue_before_pkey PRIMARY KEY (run_id, kind, key),
  constraint catalogue_before_kind_known CHECK ((kind = ANY (ARRAY['product'::text, 'category'::text, 'rate'::text])))
);

create table orders.category (
  name           text not null,
  margin_percent numeric,
  run_id         uuid,
  updated_at     timestamp with time zone not null,
  constraint category_pkey PRIMARY KEY (name),
  constraint category_margin_range CHECK (((margin_percent >= ('-100'::integer)::numeric) AND (margin_percent <= (100)::numeric)))
);

create table orders.correction (
  customer_id  uuid not null,
  order_id     uuid not null,
  id           uuid not null,
  dispute_id   uuid,
  before_minor bigint not null,
  after_minor  bigint not null,
  before_lines text not null,
  after_lines  text not null,
  corrected_at timestamp with time zone not null,
  corrected_by text not null,
  constraint correction_pkey PRIMARY KEY (customer_id, order_id, id)
);
create INDEX correction_by_moment ON orders.correction USING btree (corrected_at);

create table orders.day_list (
  customer_id uuid not null,
  days        bytea not null,
  constraint day_list_pkey PRIMARY KEY (customer_id)
);

create table orders.day_rate (
  currency   text not null,
  day        date not null,
  rate       numeric not null,
  run_id     uuid,
  updated_at timestamp with time zone not null,
  constraint day_rate_pkey PRIMARY KEY (currency, day),
  constraint day_rate_positive CHECK ((rate > (0)::numeric))
);

create table orders.delivery (
  customer_id    uuid not null,
  order_id       uuid not null,
  id             uuid not null,
  day            date not null,
  more_follows   boolean not null default false,
  quantity       numeric,
  grade          text,
  specification  text,
  delivery_place text,
  settlement     text,
  trade_terms    text,
  lines          jsonb not null default '[]'::jsonb,
  noted_at       timestamp with time zone not null,
  noted_by       text,
  constraint delivery_pkey PRIMARY KEY (customer_id, order_id, id)
);

create table orders.dispute (
  customer_id     uuid not null,
  order_id        uuid not null,
  id              uuid not null,
  reason          text not null,
  note            text,
  opened_at       timestamp with time zone not null,
  opened_by       text not null,
  outcome         text,
  settlement_note text,
  settled_at      timestamp with time zone,
  settled_by      text,
  version         integer not null default 1,
  constraint dispute_pkey PRIMARY KEY (customer_id, order_id, id),
  constraint dispute_outcome_known CHECK ((outcome = ANY (ARRAY['corrected'::text, 'given-back'::text, 'upheld'::text]))),
  constraint dispute_reason_known CHECK ((reason = ANY (ARRAY['price'::text, 'quantity'::text, 'discount'::text, 'not-delivered'::text, 'goods'::text, 'twice'::text, 'address'::text, 'other'::text]))),
  constraint dispute_settled_whole CHECK ((((outcome IS NULL) = (settled_at IS NULL)) AND ((outcome IS NULL) = (settled_by IS NULL))))
);
create INDEX dispute_by_opening ON orders.dispute USING btree (opened_at);
create INDEX dispute_open ON orders.dispute USING btree (opened_at, customer_id, id) WHERE (settled_at IS NULL);

create table orders.freight_event (
  customer_id uuid not null,
  order_id    uuid not null,
  id          uuid not null,
  kind        text not null,
  day         date not null,
  line        integer,
  quantity    numeric,
  note        text,
  noted_at    timestamp with time zone not null,
  noted_by    text not null,
  constraint freight_event_pkey PRIMARY KEY (customer_id, order_id, id),
  constraint freight_event_kind_known CHECK ((kind = ANY (ARRAY['damage'::text, 'loss'::text, 'deterioration'::text, 'handling'::text])))
);

create table orders.intake (
  id          uuid not null,
  name        text not null,
  source      text not null,
  form        text not null,
  signature   text not null,
  token_hash  bytea not null,
  token       bytea not null,
  secret      bytea not null,
  version     integer not null,
  created_by  text not null,
  created_at  timestamp with time zone not null,
  disabled_at timestamp with time zone,
  constraint intake_pkey PRIMARY KEY (id),
  constraint intake_token_key UNIQUE (token_hash),
  constraint intake_form_known CHECK ((form = ANY (ARRAY['patron'::text, 'shopify'::text, 'woocommerce'::text]))),
  constraint intake_signature_known CHECK ((signature = ANY (ARRAY['standard'::text, 'shopify'::text, 'woocommerce'::text])))
);

create table orders.intake_delivery (
  id           uuid not null,
  intake_id    uuid not null,
  key          text not null,
  sender_id    text,
  received_at  timestamp with time zone not null,
  bytes        integer not null,
  body         bytea,
  state        text not null,
  attempts     integer not null,
  due_at       timestamp with time zone not null,
  attempted_at timestamp with time zone,
  brought      integer not null,
  problems     jsonb not null,
  constraint intake_delivery_pkey PRIMARY KEY (id),
  constraint intake_delivery_key_key UNIQUE (intake_id, key),
  constraint intake_delivery_intake_fkey FOREIGN KEY (intake_id) REFERENCES orders.intake(id) ON DELETE CASCADE,
  constraint intake_delivery_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'failed'::text])))
);
create INDEX intake_delivery_by_age ON orders.intake_delivery USING btree (received_at);
create INDEX intake_delivery_due ON orders.intake_delivery USING btree (due_at, id) WHERE (state = 'waiting'::text);
create INDEX intake_delivery_failed ON orders.intake_delivery USING btree (intake_id) WHERE (state = 'failed'::text);
create INDEX intake_delivery_recent ON orders.intake_delivery USING btree (intake_id, id DESC);

create table orders.intake_order (
  intake_id uuid not null,
  number    text not null,
  state_at  timestamp with time zone not null,
  constraint intake_order_pkey PRIMARY KEY (intake_id, number),
  constraint intake_order_intake_fkey FOREIGN KEY (intake_id) REFERENCES orders.intake(id) ON DELETE CASCADE
);

create table orders.product (
  code       text not null,
  name       text,
  category   text,
  unit_cost  numeric,
  run_id     uuid,
  updated_at timestamp with time zone not null,
  constraint product_pkey PRIMARY KEY (code)
);

create table orders.purchase (
  customer_id        uuid not null,
  id                 uuid not null,
  source_id          smallint not null,
  number             text,
  day                date not null,
  placed_at          timestamp with time zone,
  cancelled          boolean not null default false,
  counted            boolean not null,
  refund_of          uuid,
  currency           text,
  rate               numeric,
  lines              text not null,
  revenue_minor      bigint not null,
  discount_minor     bigint not null default 0,
  refund_minor       bigint not null,
  discounted_minor   bigint not null default 0,
  cost_minor         bigint not null default 0,
  cost_unknown_minor bigint not null,
  channel            text,
  campaign           text,
  by_hand            boolean not null default false,
  fingerprint        bigint not null,
  made_by_run        uuid,
  changed_by_run     uuid,
  updated_at         timestamp with time zone not null default now(),
  version            integer not null default 1,
  constraint purchase_pkey PRIMARY KEY (customer_id, id)
);
create INDEX purchase_by_campaign ON orders.purchase USING btree (day) INCLUDE (customer_id, campaign) WHERE ((campaign IS NOT NULL) AND counted);
create INDEX purchase_by_day ON orders.purchase USING btree (day);
create INDEX purchase_by_id ON orders.purchase USING btree (id);
create INDEX purchase_uncounted_by_day ON orders.purchase USING btree (day) WHERE (NOT counted);

create table orders.purchase_before (
  customer_id uuid not null,
  run_id      uuid not null,
  id          uuid not null,
  before      jsonb not null,
  constraint purchase_before_pkey PRIMARY KEY (customer_id, run_id, id)
);

create table orders.source_version (
  customer_id uuid not null,
  id          uuid not null,
  run_id      uuid not null,
  content     jsonb not null,
  seen_at     timestamp with time zone not null,
  constraint source_version_pkey PRIMARY KEY (customer_id, id, run_id)
);

create table orders.term (
  customer_id    uuid not null,
  order_id       uuid not null,
  quantity       numeric,
  grade          text,
  specification  text,
  promised_day   date,
  delivery_place text,
  settlement     text,
  trade_terms    text,
  payment        text,
  lines          jsonb not null default '[]'::jsonb,
  delivered_day  date,
  late_told      boolean not null default false,
  by_hand        boolean not null default false,
  noted          boolean not null default false,
  fingerprint    bigint not null default 0,
  made_by_run    uuid,
  changed_by_run uuid,
  updated_at     timestamp with time zone not null,
  version        integer not null default 1,
  constraint term_pkey PRIMARY KEY (customer_id, order_id)
);
create INDEX term_kept ON orders.term USING btree (promised_day, delivered_day) WHERE ((promised_day IS NOT NULL) AND (delivered_day IS NOT NULL));
create INDEX term_late ON orders.term USING btree (promised_day, customer_id, order_id) WHERE (delivered_day > promised_day);
create INDEX term_undelivered ON orders.term USING btree (promised_day, customer_id, order_id) WHERE ((promised_day IS NOT NULL) AND (delivered_day IS NULL));
create INDEX term_untold ON orders.term USING btree (promised_day, customer_id, order_id) WHERE ((promised_day IS NOT NULL) AND (NOT late_told) AND ((delivered_day IS NULL) OR (delivered_day > promised_day)));

create table orders.term_before (
  customer_id uuid not null,
  run_id      uuid not null,
  order_id    uuid not null,
  before      jsonb not null,
  constraint term_before_pkey PRIMARY KEY (customer_id, run_id, order_id)
);

create table organization.absence (
  id        uuid not null,
  user_id   uuid not null,
  from_day  date not null,
  until_day date not null,
  deputy_id uuid,
  version   integer not null default 1,
  made_at   timestamp with time zone not null,
  made_by   text not null,
  constraint absence_pkey PRIMARY KEY (id),
  constraint absence_deputy_is_another CHECK (((deputy_id IS NULL) OR (deputy_id <> user_id))),
  constraint absence_ends_after_beginning CHECK ((from_day <= until_day))
);
create INDEX absence_by_end ON organization.absence USING btree (until_day);

create table organization.calendar (
  id         uuid not null,
  name       text not null,
  standard   boolean not null default false,
  hours      jsonb not null,
  version    integer not null default 1,
  changed_at timestamp with time zone not null,
  constraint calendar_pkey PRIMARY KEY (id),
  constraint calendar_name_key UNIQUE (name)
);
create UNIQUE INDEX calendar_standard ON organization.calendar USING btree (standard) WHERE standard;

create table organization.department (
  id          uuid not null,
  name        text not null,
  parent_id   uuid,
  head_id     uuid,
  version     integer not null default 1,
  changed_at  timestamp with time zone not null,
  calendar_id uuid,
  constraint department_pkey PRIMARY KEY (id),
  constraint department_name_key UNIQUE (name),
  constraint department_calendar_fkey FOREIGN KEY (calendar_id) REFERENCES organization.calendar(id),
  constraint department_head_fkey FOREIGN KEY (head_id) REFERENCES platform."user"(id) ON DELETE SET NULL,
  constraint department_parent_fkey FOREIGN KEY (parent_id) REFERENCES organization.department(id)
);

create table organization.department_deputy (
  department_id uuid not null,
  user_id       uuid not null,
  constraint department_deputy_pkey PRIMARY KEY (department_id, user_id),
  constraint department_deputy_department_fkey FOREIGN KEY (department_id) REFERENCES organization.department(id) ON DELETE CASCADE,
  constraint department_deputy_user_fkey FOREIGN KEY (user_id) REFERENCES platform."user"(id) ON DELETE CASCADE
);

create table organization.first_administrator_token (
  token_hash bytea not null,
  made_at    timestamp with time zone not null,
  constraint first_administrator_token_pkey PRIMARY KEY (token_hash)
);

create table organization.invitation (
  id          uuid not null,
  email       text not null,
  roles       text[] not null,
  token_hash  bytea,
  invited_by  text not null,
  invited_at  timestamp with time zone not null,
  sent_at     timestamp with time zone,
  expires_at  timestamp with time zone not null,
  accepted_at timestamp with time zone,
  revoked_at  timestamp with time zone,
  constraint invitation_pkey PRIMARY KEY (id)
);
create UNIQUE INDEX invitation_by_token ON organization.invitation USING btree (token_hash);
create UNIQUE INDEX invitation_open ON organization.invitation USING btree (email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));

create table organization.known_permission (
  permission text not null,
  constraint known_permission_pkey PRIMARY KEY (permission)
);

create table organization.notification (
  user_id    uuid not null,
  id         uuid not null,
  kind       text not null,
  values     jsonb not null,
  link       text,
  created_at timestamp with time zone not null,
  read_at    timestamp with time zone,
  mail_due   timestamp with time zone,
  constraint notification_pkey PRIMARY KEY (user_id, id),
  constraint notification_user_fkey FOREIGN KEY (user_id) REFERENCES platform."user"(id) ON DELETE CASCADE
);
create INDEX notification_by_age ON organization.notification USING btree (created_at);
create INDEX notification_mail ON organization.notification USING btree (mail_due, user_id) WHERE (mail_due IS NOT NULL);
create INDEX notification_unread ON organization.notification USING btree (user_id, id) WHERE (read_at IS NULL);

create table organization.notification_choice (
  user_id uuid not null,
  choices jsonb not null,
  constraint notification_choice_pkey PRIMARY KEY (user_id),
  constraint notification_choice_user_fkey FOREIGN KEY (user_id) REFERENCES platform."user"(id) ON DELETE CASCADE
);

create table organization.role (
  name     text not null,
  built_in boolean not null,
  names    jsonb,
  constraint role_pkey PRIMARY KEY (name)
);

create table organization.role_permission (
  role       text not null,
  permission text not null,
  scope      text not null default 'all'::text,
  constraint role_permission_pkey PRIMARY KEY (role, permission),
  constraint role_permission_role_fkey FOREIGN KEY (role) REFERENCES organization.role(name) ON DELETE CASCADE,
  constraint role_permission_scope_known CHECK ((scope = ANY (ARRAY['own'::text, 'team'::text, 'all'::text])))
);

create table organization.setting (
  key        text not null,
  value      jsonb not null,
  version    integer not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint setting_pkey PRIMARY KEY (key)
);

create table organization.setting_change (
  id         uuid not null,
  key        text not null,
  before     jsonb,
  after      jsonb not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint setting_change_pkey PRIMARY KEY (id)
);
create INDEX setting_change_by_key ON organization.setting_change USING btree (key, changed_at DESC);

create table organization.setting_secret (
  key        text not null,
  sealed     bytea not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint setting_secret_pkey PRIMARY KEY (key)
);

create table organization.staff (
  user_id    uuid not null,
  title      text,
  value_role text,
  experience smallint,
  skills     jsonb not null default '{}'::jsonb,
  traits     jsonb not null default '{}'::jsonb,
  version    integer not null default 1,
  changed_at timestamp with time zone not null,
  languages  text[] not null default '{}'::text[],
  fields     text[] not null default '{}'::text[],
  constraint staff_pkey PRIMARY KEY (user_id),
  constraint staff_user_fkey FOREIGN KEY (user_id) REFERENCES platform."user"(id) ON DELETE CASCADE,
  constraint staff_experience_range CHECK (((experience >= 1) AND (experience <= 5)))
);

create table organization.team (
  id            uuid not null,
  department_id uuid not null,
  name          text not null,
  version       integer not null default 1,
  changed_at    timestamp with time zone not null,
  constraint team_pkey PRIMARY KEY (id),
  constraint team_name_key UNIQUE (department_id, name),
  constraint team_department_fkey FOREIGN KEY (department_id) REFERENCES organization.department(id)
);
create INDEX team_by_department ON organization.team USING btree (department_id);

create table organization.team_member (
  team_id uuid not null,
  user_id uuid not null,
  constraint team_member_pkey PRIMARY KEY (team_id, user_id),
  constraint team_member_team_fkey FOREIGN KEY (team_id) REFERENCES organization.team(id) ON DELETE CASCADE,
  constraint team_member_user_fkey FOREIGN KEY (user_id) REFERENCES platform."user"(id) ON DELETE CASCADE
);
create INDEX team_member_by_user ON organization.team_member USING btree (user_id);

create table organization.user_preference (
  user_id  uuid not null,
  language text not null,
  theme    text not null,
  constraint user_preference_pkey PRIMARY KEY (user_id),
  constraint user_preference_user_fkey FOREIGN KEY (user_id) REFERENCES platform."user"(id) ON DELETE CASCADE
);

create table organization.user_role (
  user_id uuid not null,
  role    text not null,
  constraint user_role_pkey PRIMARY KEY (user_id, role),
  constraint user_role_role_fkey FOREIGN KEY (role) REFERENCES organization.role(name),
  constraint user_role_user_fkey FOREIGN KEY (user_id) REFERENCES platform."user"(id) ON DELETE CASCADE
);

create table platform.account (
  id                       uuid not null,
  user_id                  uuid not null,
  account_id               text not null,
  provider_id              text not null,
  password                 text,
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope                    text,
  created_at               timestamp with time zone not null,
  updated_at               timestamp with time zone not null,
  constraint account_pkey PRIMARY KEY (id),
  constraint account_provider_key UNIQUE (provider_id, account_id),
  constraint account_user_fkey FOREIGN KEY (user_id) REFERENCES platform."user"(id) ON DELETE CASCADE
);
create INDEX account_by_user ON platform.account USING btree (user_id);

create table platform.api_key (
  id          uuid not null,
  owner_id    uuid not null,
  name        text not null,
  for_service boolean not null,
  key_hash    bytea not null,
  beginning   text not null,
  permissions text[] not null,
  created_at  timestamp with time zone not null,
  expires_at  timestamp with time zone,
  used_at     timestamp with time zone,
  revoked_at  timestamp with time zone,
  constraint api_key_pkey PRIMARY KEY (id),
  constraint api_key_hash_key UNIQUE (key_hash),
  constraint api_key_owner_fkey FOREIGN KEY (owner_id) REFERENCES platform."user"(id) ON DELETE CASCADE
);
create INDEX api_key_by_owner ON platform.api_key USING btree (owner_id, id);

create table platform.backup (
  id             uuid not null,
  made_at        timestamp with time zone not null,
  finished_at    timestamp with time zone,
  occasion       text not null,
  path           text not null,
  bytes          bigint,
  sha256         bytea,
  schema_version integer not null,
  encrypted      boolean not null,
  verified_at    timestamp with time zone,
  problem        text,
  removed_at     timestamp with time zone,
  constraint backup_pkey PRIMARY KEY (id),
  constraint backup_occasion_known CHECK ((occasion = ANY (ARRAY['asked'::text, 'scheduled'::text, 'upgrade'::text])))
);
create INDEX backup_by_time ON platform.backup USING btree (made_at DESC, id DESC);

create table platform.erasure_log (
  id            bigint not null generated always as identity,
  customer_id   uuid not null,
  erased_at     timestamp with time zone not null,
  content       jsonb not null,
  previous_hash text not null,
  hash          text not null,
  constraint erasure_log_pkey PRIMARY KEY (id)
);
create INDEX erasure_log_by_customer ON platform.erasure_log USING btree (customer_id);

create table platform.fact (
  id            bigint not null generated always as identity,
  occurred_at   timestamp with time zone not null,
  name          text not null,
  customer_id   uuid,
  actor         text not null,
  payload       jsonb not null,
  personal      jsonb,
  personal_salt bytea,
  personal_hash bytea,
  block         bigint,
  constraint fact_pkey PRIMARY KEY (id)
);
create INDEX fact_by_actor ON platform.fact USING btree (actor, occurred_at, id);
create INDEX fact_by_block ON platform.fact USING btree (block, id);
create INDEX fact_by_customer ON platform.fact USING btree (customer_id, occurred_at, id) WHERE (customer_id IS NOT NULL);
create INDEX fact_by_name ON platform.fact USING btree (name, occurred_at, id);
create INDEX fact_by_time ON platform.fact USING btree (occurred_at, id);

create table platform.file (
  id         uuid not null,
  name       text not null,
  media_type text not null,
  bytes      bigint not null,
  sha256     bytea,
  complete   boolean not null default false,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint file_pkey PRIMARY KEY (id)
);

create table platform.file_chunk (
  file_id uuid not null,
  number  integer not null,
  content bytea not null,
  constraint file_chunk_pkey PRIMARY KEY (file_id, number),
  constraint file_chunk_file_fkey FOREIGN KEY (file_id) REFERENCES platform.file(id) ON DELETE CASCADE
);

create table platform.idempotency (
  actor      text not null,
  key        text not null,
  endpoint   text not null,
  input_hash bytea not null,
  outcome    jsonb,
  created_at timestamp with time zone not null,
  constraint idempotency_pkey PRIMARY KEY (actor, key)
);
create INDEX idempotency_by_age ON platform.idempotency USING btree (created_at);

create table platform.import_mapping (
  kind       text not null,
  name       text not null,
  definition jsonb not null,
  saved_by   text not null,
  saved_at   timestamp with time zone not null,
  version    integer not null default 1,
  constraint import_mapping_pkey PRIMARY KEY (kind, name)
);

create table platform.import_plan (
  id         uuid not null,
  name       text not null,
  importer   text not null,
  mapping    text not null,
  source     jsonb not null,
  secret     bytea,
  schedule   jsonb not null,
  afterwards text not null,
  tell       uuid[] not null,
  version    integer not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  paused_at  timestamp with time zone,
  due_at     timestamp with time zone not null,
  asked_at   timestamp with time zone,
  looked_at  timestamp with time zone,
  failures   integer not null,
  problem    text,
  constraint import_plan_pkey PRIMARY KEY (id),
  constraint import_plan_afterwards_known CHECK ((afterwards = ANY (ARRAY['left'::text, 'moved'::text])))
);
create INDEX import_plan_due ON platform.import_plan USING btree (due_at);

create table platform.import_plan_event (
  id          uuid not null,
  plan_id     uuid not null,
  at          timestamp with time zone not null,
  outcome     text not null,
  file_name   text,
  bytes       bigint,
  modified_at timestamp with time zone,
  sha256      bytea,
  problem     text,
  run_id      uuid,
  filed_at    timestamp with time zone,
  filed_as    text,
  constraint import_plan_event_pkey PRIMARY KEY (id),
  constraint import_plan_event_plan_fkey FOREIGN KEY (plan_id) REFERENCES platform.import_plan(id) ON DELETE CASCADE,
  constraint import_plan_event_outcome_known CHECK ((outcome = ANY (ARRAY['taken'::text, 'unchanged'::text, 'refused'::text, 'unreadable'::text])))
);
create INDEX import_plan_event_content ON platform.import_plan_event USING btree (plan_id, sha256) WHERE (outcome = 'taken'::text);
create INDEX import_plan_event_recent ON platform.import_plan_event USING btree (plan_id, at DESC, id DESC);
create INDEX import_plan_event_to_file ON platform.import_plan_event USING btree (at) WHERE (filed_at IS NULL);

create table platform.import_plan_file (
  plan_id     uuid not null,
  name        text not null,
  bytes       bigint not null,
  modified_at timestamp with time zone not null,
  seen_at     timestamp with time zone not null,
  settled     boolean not null,
  constraint import_plan_file_pkey PRIMARY KEY (plan_id, name),
  constraint import_plan_file_plan_fkey FOREIGN KEY (plan_id) REFERENCES platform.import_plan(id) ON DELETE CASCADE
);

create table platform.mail_in (
  id            uuid not null,
  mailbox_id    uuid not null,
  uid_validity  bigint not null,
  uid           bigint not null,
  message_hash  bytea not null,
  message_id    text,
  in_reply_to   text,
  reference_ids text[] not null,
  from_name     text not null,
  from_address  text,
  reply_to      text,
  recipients    jsonb not null,
  subject       text not null,
  body          text not null,
  html          text,
  attachments   jsonb not null,
  automatic     text,
  verdicts      jsonb,
  cut           text,
  bytes         bigint not null,
  sent_at       timestamp with time zone,
  received_at   timestamp with time zone not null,
  taken_in_at   timestamp with time zone not null,
  thread_id     uuid,
  thread_by     text,
  thread_forged boolean not null,
  bounce_of     uuid,
  state         text not null,
  reason        text,
  attempts      integer not null default 0,
  due_at        timestamp with time zone,
  problem       text,
  taken_by      text,
  settled_at    timestamp with time zone,
  filed_at      timestamp with time zone,
  forgotten_at  timestamp with time zone,
  constraint mail_in_pkey PRIMARY KEY (id),
  constraint mail_in_once UNIQUE (mailbox_id, message_hash),
  constraint mail_in_mailbox_fkey FOREIGN KEY (mailbox_id) REFERENCES platform.mailbox(id) ON DELETE CASCADE,
  constraint mail_in_state CHECK ((state = ANY (ARRAY['new'::text, 'taken'::text, 'failed'::text, 'ignored'::text])))
);
create INDEX mail_in_by_mailbox ON platform.mail_in USING btree (mailbox_id, taken_in_at);
create INDEX mail_in_by_message ON platform.mail_in USING btree (message_id) WHERE (message_id IS NOT NULL);
create INDEX mail_in_by_sender ON platform.mail_in USING btree (from_address, taken_in_at);
create INDEX mail_in_by_state ON platform.mail_in USING btree (state, id);
create INDEX mail_in_by_thread ON platform.mail_in USING btree (thread_id, taken_in_at) WHERE (thread_id IS NOT NULL);
create INDEX mail_in_due ON platform.mail_in USING btree (due_at, id) WHERE (due_at IS NOT NULL);
create INDEX mail_in_kept ON platform.mail_in USING btree (settled_at) WHERE (forgotten_at IS NULL);
create INDEX mail_in_unfiled ON platform.mail_in USING btree (mailbox_id, uid) WHERE (filed_at IS NULL);

create table platform.mail_out (
  id             uuid not null,
  mailbox_id     uuid,
  module         text not null,
  message_id     text not null,
  in_reply_to    text,
  reference_ids  text[] not null,
  thread_id      uuid,
  to_name        text not null,
  to_address     text not null,
  copies         jsonb not null,
  subject        text not null,
  body           text not null,
  html           text,
  attachments    jsonb not null,
  language       text not null,
  automatic      text,
  state          text not null,
  attempts       integer not null default 0,
  due_at         timestamp with time zone,
  problem        text,
  problem_detail text,
  created_at     timestamp with time zone not null,
  created_by     text not null,
  sent_at        timestamp with time zone,
  settled_at     timestamp with time zone,
  forgotten_at   timestamp with time zone,
  sealed_link    bytea,
  constraint mail_out_pkey PRIMARY KEY (id),
  constraint mail_out_message_once UNIQUE (message_id),
  constraint mail_out_mailbox_fkey FOREIGN KEY (mailbox_id) REFERENCES platform.mailbox(id) ON DELETE SET NULL,
  constraint mail_out_state CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text])))
);
create INDEX mail_out_by_mailbox ON platform.mail_out USING btree (mailbox_id) WHERE (mailbox_id IS NOT NULL);
create INDEX mail_out_by_recipient ON platform.mail_out USING btree (to_address, created_at);
create INDEX mail_out_by_state ON platform.mail_out USING btree (state, id);
create INDEX mail_out_due ON platform.mail_out USING btree (due_at, id) WHERE (due_at IS NOT NULL);
create INDEX mail_out_kept ON platform.mail_out USING btree (settled_at) WHERE (forgotten_at IS NULL);

create table platform.mailbox (
  id              uuid not null,
  name            text not null,
  address         text not null,
  host            text not null,
  port            integer not null,
  security        text not null,
  username        text not null,
  secret          bytea not null,
  own_network     boolean not null,
  folder          text not null,
  after_taking    text not null,
  move_to         text,
  from_start      boolean not null,
  from_name       text not null,
  signatures      jsonb not null,
  plus_addresses  boolean not null,
  auth_server     text,
  limit_megabytes integer not null,
  kept_days       integer not null,
  version         integer not null,
  created_by      text not null,
  created_at      timestamp with time zone not null,
  disabled_at     timestamp with time zone,
  uid_validity    bigint,
  last_uid        bigint not null default 0,
  looked_at       timestamp with time zone,
  problem         text,
  problem_detail  text,
  failing_since   timestamp with time zone,
  failures        integer not null default 0,
  told_at         timestamp with time zone,
  paused_until    timestamp with time zone,
  leased_by       text,
  leased_until    timestamp with time zone,
  hourly_limit    integer not null default 600,
  constraint mailbox_pkey PRIMARY KEY (id),
  constraint mailbox_folder_once UNIQUE (host, username, folder),
  constraint mailbox_after_taking CHECK ((after_taking = ANY (ARRAY['seen'::text, 'move'::text, 'delete'::text]))),
  constraint mailbox_move_to CHECK (((after_taking <> 'move'::text) OR (move_to IS NOT NULL))),
  constraint mailbox_security CHECK ((security = ANY (ARRAY['tls'::text, 'starttls'::text, 'plain'::text])))
);

create table platform.migration (
  number     integer not null,
  name       text not null,
  checksum   text not null,
  applied_at timestamp with time zone not null,
  constraint migration_pkey PRIMARY KEY (number)
);

create table platform.personal_read (
  id            bigint not null generated always as identity,
  occurred_at   timestamp with time zone not null,
  hour          integer not null,
  name          text not null,
  customer_id   uuid,
  actor         text not null,
  payload       jsonb not null,
  personal      jsonb,
  personal_salt bytea,
  personal_hash bytea,
  block         bigint,
  constraint personal_read_pkey PRIMARY KEY (id)
);
create INDEX personal_read_by_actor ON platform.personal_read USING btree (actor, occurred_at, id);
create INDEX personal_read_by_block ON platform.personal_read USING btree (block, id);
create INDEX personal_read_by_customer ON platform.personal_read USING btree (customer_id, occurred_at, id) WHERE (customer_id IS NOT NULL);
create INDEX personal_read_by_name ON platform.personal_read USING btree (name, occurred_at, id);
create INDEX personal_read_by_time ON platform.personal_read USING btree (occurred_at, id);
create UNIQUE INDEX personal_read_once ON platform.personal_read USING btree (customer_id, actor, hour) WHERE ((customer_id IS NOT NULL) AND (name = 'customer-seen'::text));

create table platform.private_link (
  id          uuid not null,
  token_hash  bytea not null,
  module      text not null,
  purpose     text not null,
  thing_id    uuid not null,
  customer_id uuid,
  created_at  timestamp with time zone not null,
  expires_at  timestamp with time zone not null,
  revoked_at  timestamp with time zone,
  uses        integer not null default 0,
  used_at     timestamp with time zone,
  narrow      boolean not null default false,
  constraint private_link_pkey PRIMARY KEY (id),
  constraint private_link_token_key UNIQUE (token_hash)
);
create INDEX private_link_by_end ON platform.private_link USING btree (expires_at);
create INDEX private_link_of_customer ON platform.private_link USING btree (customer_id) WHERE (customer_id IS NOT NULL);
create INDEX private_link_of_thing ON platform.private_link USING btree (thing_id, module, purpose);

create table platform.recovery_code (
  user_id   uuid not null,
  code_hash bytea not null,
  used_at   timestamp with time zone,
  constraint recovery_code_pkey PRIMARY KEY (user_id, code_hash),
  constraint recovery_code_user_fkey FOREIGN KEY (user_id) REFERENCES platform.second_factor(user_id) ON DELETE CASCADE
);

create table platform.run (
  id               uuid not null,
  kind             text not null,
  run_group        text not null,
  state            text not null,
  input            jsonb not null,
  position         jsonb,
  progress         jsonb,
  result           jsonb,
  problem          text,
  requested_by     text not null,
  requested_at     timestamp with time zone not null,
  started_at       timestamp with time zone,
  finished_at      timestamp with time zone,
  leased_by        text,
  leased_until     timestamp with time zone,
  cancel_requested boolean not null default false,
  undo_of          uuid,
  constraint run_pkey PRIMARY KEY (id),
  constraint run_undo_of_fkey FOREIGN KEY (undo_of) REFERENCES platform.run(id),
  constraint run_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text, 'undone'::text])))
);
create INDEX run_open ON platform.run USING btree (requested_at) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));
create INDEX run_recent ON platform.run USING btree (kind, requested_at DESC);

create table platform.second_factor (
  user_id      uuid not null,
  secret       bytea not null,
  made_at      timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  last_step    bigint,
  constraint second_factor_pkey PRIMARY KEY (user_id),
  constraint second_factor_user_fkey FOREIGN KEY (user_id) REFERENCES platform."user"(id) ON DELETE CASCADE
);

create table platform.session (
  id                   uuid not null,
  user_id              uuid not null,
  token                text not null,
  expires_at           timestamp with time zone not null,
  ip_address           text,
  user_agent           text,
  created_at           timestamp with time zone not null,
  updated_at           timestamp with time zone not null,
  awaits_second_factor boolean not null default false,
  used_at              timestamp with time zone,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_token_key UNIQUE (token),
  constraint session_user_fkey FOREIGN KEY (user_id) REFERENCES platform."user"(id) ON DELETE CASCADE
);
create INDEX session_by_end ON platform.session USING btree (expires_at);
create INDEX session_by_user ON platform.session USING btree (user_id);

create table platform.sign_in_attempt (
  key           bytea not null,
  attempts      integer not null,
  counted_since timestamp with time zone not null,
  constraint sign_in_attempt_pkey PRIMARY KEY (key)
);

create table platform.stream_epoch (
  number smallint not null,
  epoch  uuid not null,
  constraint stream_epoch_pkey PRIMARY KEY (number),
  constraint stream_epoch_single CHECK ((number = 1))
);

create table platform.stream_event (
  seq     bigint not null generated always as identity,
  xid     xid8 not null default pg_current_xact_id(),
  topic   text not null,
  kind    text not null,
  payload jsonb not null default '{}'::jsonb,
  at      timestamp with time zone not null,
  constraint stream_event_pkey PRIMARY KEY (seq),
  constraint stream_event_small CHECK ((octet_length((payload)::text) <= 2000))
);
create INDEX stream_event_by_topic ON platform.stream_event USING btree (topic, xid);
create INDEX stream_event_by_xid ON platform.stream_event USING btree (xid);

create table platform.trail_block (
  trail      text not null,
  number     bigint not null,
  row_count  integer not null,
  sealed_at  timestamp with time zone not null,
  previous   bytea not null,
  hash       bytea not null,
  dropped_at timestamp with time zone,
  constraint trail_block_pkey PRIMARY KEY (trail, number),
  constraint trail_block_trail_known CHECK ((trail = ANY (ARRAY['fact'::text, 'read'::text])))
);

create table platform.user (
  id               uuid not null,
  name             text not null,
  email            text not null,
  email_verified   boolean not null,
  image            text,
  created_at       timestamp with time zone not null,
  updated_at       timestamp with time zone not null,
  disabled_at      timestamp with time zone,
  initial_password boolean not null default false,
  constraint user_pkey PRIMARY KEY (id),
  constraint user_email_key UNIQUE (email)
);

create table platform.verification (
  id         uuid not null,
  identifier text not null,
  value      text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint verification_pkey PRIMARY KEY (id)
);
create INDEX verification_by_identifier ON platform.verification USING btree (identifier);

create table platform.webhook (
  id               uuid not null,
  name             text not null,
  url              text not null,
  facts            text[] not null,
  secret           bytea not null,
  own_network      boolean not null,
  version          integer not null,
  created_by       text not null,
  created_at       timestamp with time zone not null,
  disabled_at      timestamp with time zone,
  disabled_because text,
  failing_since    timestamp with time zone,
  paused_until     timestamp with time zone,
  constraint webhook_pkey PRIMARY KEY (id),
  constraint webhook_disabled_known CHECK ((disabled_because = ANY (ARRAY['person'::text, 'failing'::text, 'gone'::text])))
);

create table platform.webhook_delivery (
  id           uuid not null,
  webhook_id   uuid not null,
  fact         text not null,
  occurred_at  timestamp with time zone not null,
  body         jsonb not null,
  state        text not null,
  attempts     integer not null,
  due_at       timestamp with time zone not null,
  attempted_at timestamp with time zone,
  status       integer,
  problem      text,
  constraint webhook_delivery_pkey PRIMARY KEY (id),
  constraint webhook_delivery_webhook_fkey FOREIGN KEY (webhook_id) REFERENCES platform.webhook(id) ON DELETE CASCADE,
  constraint webhook_delivery_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text])))
);
create INDEX webhook_delivery_by_age ON platform.webhook_delivery USING btree (occurred_at);
create INDEX webhook_delivery_due ON platform.webhook_delivery USING btree (webhook_id, due_at, id) WHERE (state = 'waiting'::text);
create INDEX webhook_delivery_recent ON platform.webhook_delivery USING btree (webhook_id, id DESC);

create table value.assessment (
  customer_id          uuid not null,
  as_of                date not null,
  run_id               uuid not null,
  tier                 text not null,
  tier_reason          text not null,
  value_label          text not null,
  recency_score        smallint,
  frequency_score      smallint,
  monetary_score       smallint,
  profit_minor         bigint not null,
  lifetime_value_minor bigint not null,
  expected_spend_minor bigint not null,
  expected_orders      real not null,
  probability_alive    real,
  probability_ordering real,
  constraint assessment_pkey PRIMARY KEY (customer_id, as_of) INCLUDE (tier)
);

create table value.growth_plan (
  customer_id  uuid not null,
  target_minor bigint not null,
  by_day       date,
  plan         text not null,
  version      integer not null default 1,
  changed_at   timestamp with time zone not null,
  changed_by   text not null,
  constraint growth_plan_pkey PRIMARY KEY (customer_id),
  constraint growth_plan_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE
);

-- a view, with these columns:
create table value.latest_valuation (
  run_id      uuid,
  as_of       date,
  finished_at timestamp with time zone,
  customers   integer,
  overview    jsonb,
  keeping     jsonb
);

create table value.observation (
  customer_id uuid not null,
  id          uuid not null,
  noticed     text not null,
  hypothesis  text,
  state       text not null default 'noticed'::text,
  noticed_at  timestamp with time zone not null,
  noticed_by  text not null,
  version     integer not null default 1,
  changed_at  timestamp with time zone not null,
  changed_by  text not null,
  constraint observation_pkey PRIMARY KEY (customer_id, id),
  constraint observation_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE,
  constraint observation_state_known CHECK ((state = ANY (ARRAY['noticed'::text, 'supposed'::text, 'acted'::text, 'dropped'::text])))
);
create INDEX observation_open ON value.observation USING btree (noticed_at DESC, id DESC) WHERE (state = ANY (ARRAY['noticed'::text, 'supposed'::text]));

create table value.product_affinity (
  product    text not null,
  customers  integer not null,
  neighbours jsonb not null,
  constraint product_affinity_pkey PRIMARY KEY (product)
);

create table value.recheck (
  customer_id  uuid not null,
  requested_at timestamp with time zone not null,
  constraint recheck_pkey PRIMARY KEY (customer_id)
);

create table value.service (
  id             uuid not null,
  layer          text not null,
  extra_type     text,
  name           text not null,
  description    text,
  expected       boolean not null,
  cost_minor     bigint not null,
  target_minutes integer,
  removed_at     timestamp with time zone,
  version        integer not null default 1,
  changed_at     timestamp with time zone not null,
  changed_by     text not null,
  constraint service_pkey PRIMARY KEY (id),
  constraint service_extra_has_type CHECK (((layer = 'extra'::text) = (extra_type IS NOT NULL))),
  constraint service_extra_type_known CHECK (((extra_type IS NULL) OR (extra_type = ANY (ARRAY['value-added'::text, 'customised'::text, 'personalised'::text])))),
  constraint service_layer_known CHECK ((layer = ANY (ARRAY['in-scope'::text, 'extra'::text, 'beyond'::text])))
);
create UNIQUE INDEX service_name ON value.service USING btree (name) WHERE (removed_at IS NULL);

create table value.service_cost (
  customer_id  uuid not null,
  cause        text not null,
  cause_id     uuid not null,
  day          date not null,
  amount_minor bigint not null,
  constraint service_cost_pkey PRIMARY KEY (customer_id, cause, cause_id),
  constraint service_cost_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE
);

create table value.service_feature (
  id         uuid not null,
  name       text not null,
  note       text,
  ours       boolean not null,
  matched_by text[] not null default '{}'::text[],
  version    integer not null default 1,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint service_feature_pkey PRIMARY KEY (id),
  constraint service_feature_name_key UNIQUE (name)
);

create table value.service_given (
  customer_id    uuid not null,
  id             uuid not null,
  service_id     uuid,
  observation_id uuid,
  layer          text not null,
  extra_type     text,
  expected       boolean not null,
  what           text not null,
  given_on       date not null,
  cost_minor     bigint not null,
  score_before   smallint,
  score_after    smallint,
  reaction       text,
  version        integer not null default 1,
  given_by       text not null,
  changed_at     timestamp with time zone not null,
  changed_by     text not null,
  constraint service_given_pkey PRIMARY KEY (customer_id, id),
  constraint service_given_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE,
  constraint service_given_layer_known CHECK ((layer = ANY (ARRAY['in-scope'::text, 'extra'::text, 'beyond'::text]))),
  constraint service_given_scores_range CHECK ((((score_before >= 0) AND (score_before <= 10)) AND ((score_after >= 0) AND (score_after <= 10))))
);
create INDEX service_given_by_day ON value.service_given USING btree (given_on) INCLUDE (layer, extra_type, expected, cost_minor, score_before, score_after);

create table value.service_policy (
  id                      uuid not null,
  version                 integer not null,
  kind                    text not null,
  tier                    text,
  segment_id              uuid,
  name                    text,
  mix                     jsonb not null,
  acknowledge_minutes     integer,
  first_response_minutes  integer,
  next_response_minutes   integer,
  step_minutes            integer,
  resolve_minutes         integer,
  department_id           uuid,
  served_by_department_id uuid,
  served_by_team_id       uuid,
  channels                text[] not null,
  account_manager         boolean not null,
  cadence                 text,
  benefits                text[],
  yearly_cost_minor       bigint not null,
  yearly_minutes          integer not null,
  satisfaction_gain       double precision not null,
  priority                smallint not null,
  saved_at                timestamp with time zone not null,
  saved_by                text not null,
  superseded_at           timestamp with time zone,
  constraint service_policy_pkey PRIMARY KEY (id, version),
  constraint service_policy_kind_known CHECK ((kind = ANY (ARRAY['baseline'::text, 'tier'::text, 'segment'::text]))),
  constraint service_policy_of_its_kind CHECK ((((kind = 'tier'::text) = (tier IS NOT NULL)) AND ((kind = 'segment'::text) = (segment_id IS NOT NULL)))),
  constraint service_policy_priority_range CHECK (((priority >= 1) AND (priority <= 9))),
  constraint service_policy_tier_known CHECK (((tier IS NULL) OR (tier = ANY (ARRAY['platinum'::text, 'gold'::text, 'iron'::text, 'lead'::text]))))
);
create UNIQUE INDEX service_policy_one_baseline ON value.service_policy USING btree (kind) WHERE ((superseded_at IS NULL) AND (kind = 'baseline'::text));
create UNIQUE INDEX service_policy_one_per_segment ON value.service_policy USING btree (segment_id) WHERE ((superseded_at IS NULL) AND (segment_id IS NOT NULL));
create UNIQUE INDEX service_policy_one_per_tier ON value.service_policy USING btree (tier) WHERE ((superseded_at IS NULL) AND (tier IS NOT NULL));
create UNIQUE INDEX service_policy_served ON value.service_policy USING btree (id) WHERE (superseded_at IS NULL);

create table value.spend (
  id           uuid not null,
  campaign     text,
  segment      text,
  purpose      text not null,
  first_day    date not null,
  last_day     date not null,
  amount_minor bigint not null,
  source       text not null,
  made_by_run  uuid,
  created_at   timestamp with time zone not null,
  created_by   text not null,
  updated_at   timestamp with time zone not null,
  version      integer not null default 1,
  constraint spend_pkey PRIMARY KEY (id),
  constraint spend_period_ordered CHECK ((first_day <= last_day)),
  constraint spend_purpose_known CHECK ((purpose = ANY (ARRAY['acquire'::text, 'retain'::text, 'both'::text])))
);
create INDEX spend_by_period ON value.spend USING btree (first_day DESC, id DESC);
create INDEX spend_by_run ON value.spend USING btree (made_by_run) WHERE (made_by_run IS NOT NULL);

create table value.spend_before (
  run_id uuid not null,
  id     uuid not null,
  before jsonb not null,
  constraint spend_before_pkey PRIMARY KEY (run_id, id)
);

-- a view, with these columns:
create table value.spend_period (
  purpose      text,
  first_day    date,
  last_day     date,
  amount_minor bigint
);

create table value.strategic_customer (
  customer_id uuid not null,
  reason      text not null,
  note        text,
  set_at      timestamp with time zone not null,
  set_by      text not null,
  constraint strategic_customer_pkey PRIMARY KEY (customer_id),
  constraint strategic_customer_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE,
  constraint strategic_customer_reason_known CHECK ((reason = ANY (ARRAY['network-effect'::text, 'popularity'::text, 'referral'::text, 'low-marginal-cost'::text, 'other'::text])))
);

create table value.tier_override (
  customer_id uuid not null,
  tier        text not null,
  reason      text not null,
  last_day    date,
  set_at      timestamp with time zone not null,
  set_by      text not null,
  constraint tier_override_pkey PRIMARY KEY (customer_id),
  constraint tier_override_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE
);

create table value.treatment (
  customer_id      uuid not null,
  id               uuid not null,
  outcome          text not null,
  terms            jsonb not null,
  exemption_reason text,
  note             text,
  profit_minor     bigint not null,
  projected_minor  bigint not null,
  state            text not null default 'proposed'::text,
  proposed_at      timestamp with time zone not null,
  proposed_by      text not null,
  decided_at       timestamp with time zone,
  decided_by       text,
  decision_note    text,
  version          integer not null default 1,
  constraint treatment_pkey PRIMARY KEY (customer_id, id),
  constraint treatment_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers.customer(customer_id) ON DELETE CASCADE,
  constraint treatment_decided_when_not_proposed CHECK ((((state = 'proposed'::text) = (decided_at IS NULL)) AND ((decided_at IS NULL) = (decided_by IS NULL)))),
  constraint treatment_outcome_known CHECK ((outcome = ANY (ARRAY['keep'::text, 'raise-price'::text, 'reduce-cost'::text, 'release'::text]))),
  constraint treatment_state_known CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'rejected'::text])))
);
create INDEX treatment_recent ON value.treatment USING btree (state, proposed_at DESC, id DESC);

create table value.valuation (
  run_id      uuid not null,
  as_of       date not null,
  finished_at timestamp with time zone not null,
  customers   integer not null,
  settings    jsonb not null,
  models      jsonb not null,
  summary     jsonb not null,
  constraint valuation_pkey PRIMARY KEY (run_id)
);
create INDEX valuation_recent ON value.valuation USING btree (finished_at DESC, run_id DESC);
