-- Who a record is about: a customer, or somebody else with whom a relation is kept (dealer, partner, press, community) or who works here (internal). Only customers have a row of the book and are valued.
alter table customers.customer add column role text not null default 'customer';
alter table customers.customer add constraint customer_role_known check (role in ('customer', 'dealer', 'partner', 'press', 'community', 'internal'));
-- How far the relation has come: identify, build, maintain, consolidate.
alter table customers.customer add column phase text;
alter table customers.customer add constraint customer_phase_known check (phase in ('identify', 'build', 'maintain', 'consolidate'));
-- Few beside the customers, so the index is short and says quickly who is none.
create index customer_by_role on customers.customer (customer_id) where role <> 'customer';
create index customer_by_region on customers.customer (region) where region is not null;
-- Interests are written as one text and looked for word by word.
update customers.customer set extended = extended || jsonb_build_object('interestWords', to_jsonb(array(
  select distinct lower(btrim(word)) from regexp_split_to_table(extended->>'interests', '[,;|，；、]') as word where btrim(word) <> '')))
  where extended ? 'interests';
-- Words of the extended group are found as contained pairs: extended @> '{"priceSensitivity": "low"}'.
create index customer_by_extended on customers.customer using gin (extended jsonb_path_ops) where extended <> '{}';
-- Month and day as one number, for the birthdays of the coming days.
create index customer_by_birthday on customers.customer ((extract(month from birthday) * 100 + extract(day from birthday))) where birthday is not null;
create index customer_born on customers.customer (birthday) where birthday is not null;
create index change_by_time on customers.change (changed_at, customer_id, id);

-- What a person does in the customer's decisions: decides, influences, uses, pays, blocks.
alter table customers.key_person add column decides text;
alter table customers.key_person add constraint key_person_decides_known check (decides in ('decides', 'influences', 'uses', 'pays', 'blocks'));
create index key_person_by_birthday on customers.key_person ((extract(month from birthday) * 100 + extract(day from birthday))) where birthday is not null;

-- Further ways to reach a customer, or one of the people around them. The main e-mail address, telephone number and address stand in the archive; a row without a value says how that one is to be used.
create table customers.contact_point (
  customer_id uuid not null,
  id uuid not null,
  person_id uuid,
  kind text not null,
  value text,
  -- As it is compared: an e-mail address in lower case, a telephone number as E.164 where it can be told.
  comparable text,
  label text,
  preferred boolean not null default false,
  hours text,
  version int not null default 1,
  created_at timestamptz not null,
  constraint contact_point_pkey primary key (customer_id, id),
  constraint contact_point_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade,
  constraint contact_point_kind_known check (kind in ('email', 'phone', 'address', 'messenger'))
);
select app_distribute('customers.contact_point', 'distributed', 'customer_id', 'customers.customer');

-- What customers said about being written to or called. Append-only: what holds is the latest row that covers a purpose and a channel ('all' covers every one), a withdrawal before a consent of the same moment.
create table customers.consent (
  customer_id uuid not null,
  id uuid not null,
  purpose text not null,
  channel text not null,
  given boolean not null,
  text_version int,
  decided_at timestamptz not null,
  origin text not null,
  note text,
  recorded_by text not null,
  recorded_at timestamptz not null,
  run_id uuid,
  constraint consent_pkey primary key (customer_id, id),
  constraint consent_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade
);
select app_distribute('customers.consent', 'distributed', 'customer_id', 'customers.customer');
create index consent_given on customers.consent (purpose, channel, customer_id) where given;
create index consent_by_run on customers.consent (run_id, customer_id) where run_id is not null;

-- Who belongs to whom. Each relation is two rows with one id, one with either customer, so that each side is read where its customer lies. side 'first': the family's elder, the company above, the referrer, the dealer.
create table customers.relation (
  customer_id uuid not null,
  id uuid not null,
  kind text not null,
  side text not null,
  other_id uuid not null,
  note text,
  created_at timestamptz not null,
  created_by text not null,
  constraint relation_pkey primary key (customer_id, id),
  constraint relation_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade,
  constraint relation_kind_known check (kind in ('family', 'group', 'referrer', 'dealer')),
  constraint relation_side_known check (side in ('first', 'second'))
);
select app_distribute('customers.relation', 'distributed', 'customer_id', 'customers.customer');
create index relation_by_other on customers.relation (other_id);

-- A touch may say more, be corrected and be withdrawn; what it said before is kept.
alter table customers.interaction add column opinion text;
alter table customers.interaction add column next_step text;
alter table customers.interaction add column next_step_on date;
alter table customers.interaction add column version int not null default 1;
alter table customers.interaction add column withdrawn_at timestamptz;
create table customers.interaction_before (
  customer_id uuid not null,
  interaction_id uuid not null,
  version int not null,
  content jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint interaction_before_pkey primary key (customer_id, interaction_id, version),
  constraint interaction_before_interaction_fkey foreign key (customer_id, interaction_id) references customers.interaction (customer_id, id) on delete cascade
);
select app_distribute('customers.interaction_before', 'distributed', 'customer_id', 'customers.interaction');

-- Files that go with a touch; they lie in the shell's store of files.
create table customers.attachment (
  customer_id uuid not null,
  file_id uuid not null,
  interaction_id uuid not null,
  name text not null,
  bytes bigint not null,
  added_by text not null,
  added_at timestamptz not null,
  constraint attachment_pkey primary key (customer_id, file_id),
  constraint attachment_interaction_fkey foreign key (customer_id, interaction_id) references customers.interaction (customer_id, id) on delete cascade
);
select app_distribute('customers.attachment', 'distributed', 'customer_id', 'customers.interaction');

-- Colleagues whom a touch names.
create table customers.mention (
  customer_id uuid not null,
  interaction_id uuid not null,
  user_id text not null,
  mentioned_at timestamptz not null,
  constraint mention_pkey primary key (customer_id, interaction_id, user_id),
  constraint mention_interaction_fkey foreign key (customer_id, interaction_id) references customers.interaction (customer_id, id) on delete cascade
);
select app_distribute('customers.mention', 'distributed', 'customer_id', 'customers.interaction');
create index mention_by_user on customers.mention (user_id, mentioned_at desc, interaction_id desc);

-- Beginnings of touches that come up often; without an owner they are everybody's.
create table customers.touch_template (
  id uuid not null,
  owner_id text,
  name text not null,
  content jsonb not null,
  created_at timestamptz not null,
  constraint touch_template_pkey primary key (id),
  constraint touch_template_name_key unique nulls not distinct (owner_id, name)
);
select app_distribute('customers.touch_template', 'local');

-- The needs register: what customers want, each once. `key` is the text as it is compared. A need that was merged points to the one that stays.
create table customers.need (
  id uuid not null,
  text text not null,
  key text not null,
  category text,
  state text not null default 'open',
  merged_into uuid,
  version int not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  constraint need_pkey primary key (id),
  constraint need_key_key unique (key),
  constraint need_state_known check (state in ('open', 'planned', 'answered', 'declined'))
);
select app_distribute('customers.need', 'reference');

-- Products that answer a need, by their code in the catalogue.
create table customers.need_product (
  need_id uuid not null,
  product_code text not null,
  linked_by text not null,
  linked_at timestamptz not null,
  constraint need_product_pkey primary key (need_id, product_code),
  constraint need_product_need_fkey foreign key (need_id) references customers.need (id)
);
select app_distribute('customers.need_product', 'reference');

-- Who has which need, and in which touch it was heard.
create table customers.need_note (
  customer_id uuid not null,
  need_id uuid not null,
  interaction_id uuid not null,
  noted_at timestamptz not null,
  noted_by text not null,
  constraint need_note_pkey primary key (customer_id, need_id, interaction_id),
  constraint need_note_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade,
  constraint need_note_need_fkey foreign key (need_id) references customers.need (id)
);
select app_distribute('customers.need_note', 'distributed', 'customer_id', 'customers.customer');
create index need_note_by_need on customers.need_note (need_id, customer_id);

-- Values of the fields that a company defines for itself: one narrow row per value (per choice where several are allowed), so that a list of millions is filtered and sorted by any of them from an index
-- and a new field changes no table. Texts, days and choices are words, numbers and amounts (minor units) and yes (1) or no (0) are numbers.
create table customers.own_value (
  customer_id uuid not null,
  field_id uuid not null,
  place smallint not null default 0,
  word text collate "C",
  number double precision,
  constraint own_value_pkey primary key (customer_id, field_id, place),
  constraint own_value_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade
);
select app_distribute('customers.own_value', 'distributed', 'customer_id', 'customers.customer');
create index own_value_by_word on customers.own_value (field_id, word, customer_id) where word is not null;
create index own_value_by_number on customers.own_value (field_id, number, customer_id) where number is not null;

-- What was withdrawn is no touch any more.
create or replace view customers.touch as
  select occurred_at, stage from customers.interaction where withdrawn_at is null;
