-- What customers said, the newest first: the words that came from them, and what they said of how they were served.
create index message_heard on cases.message (at desc, id desc) where direction = 'in' and not automatic;
create index event_heard on cases.event (at desc, case_id desc) where kind = 'feedback';

-- "You said / we did": what customers said in general words and what was done about it, as anybody may read it. What it says lies beside it by language. A draft nobody outside sees; what was withdrawn
-- is seen no more.
create table cases.publication (
  id uuid not null,
  state text not null,
  made_at timestamptz not null,
  made_by text not null,
  published_at timestamptz,
  published_by text,
  withdrawn_at timestamptz,
  version int not null default 1,
  constraint publication_pkey primary key (id),
  constraint publication_state_known check (state in ('draft', 'published', 'withdrawn')),
  constraint publication_published_by_somebody check ((published_at is null) = (published_by is null)),
  constraint publication_seen_once_published check (state = 'draft' or published_at is not null)
);
select app_distribute('cases.publication', 'reference');
create index publication_by_making on cases.publication (made_at desc, id desc);
create index publication_seen on cases.publication (published_at desc, id desc) where state = 'published';

create table cases.publication_text (
  publication_id uuid not null,
  language text not null,
  said text not null,
  done text not null,
  constraint publication_text_pkey primary key (publication_id, language),
  constraint publication_text_language_known check (language in ('en', 'zh-CN', 'zh-TW')),
  constraint publication_text_publication_fkey foreign key (publication_id) references cases.publication (id) on delete cascade
);
select app_distribute('cases.publication_text', 'reference');

-- Whose words led to it. told_at: when they were told that it is published; nobody is told twice.
create table cases.publication_case (
  customer_id uuid not null,
  publication_id uuid not null,
  case_id uuid not null,
  told_at timestamptz,
  constraint publication_case_pkey primary key (customer_id, publication_id, case_id),
  constraint publication_case_case_fkey foreign key (customer_id, case_id) references cases.case (customer_id, id) on delete cascade
);
select app_distribute('cases.publication_case', 'distributed', 'customer_id', 'customers.customer');
create index publication_case_of_publication on cases.publication_case (publication_id);
create index publication_case_of_case on cases.publication_case (customer_id, case_id);

-- Customers who advise the company: for what, who they are since when and until when, and who looks after them.
create table cases.advisory_group (
  id uuid not null,
  name text not null,
  purpose text not null,
  owner_id text not null,
  ended_on date,
  made_at timestamptz not null,
  made_by text not null,
  version int not null default 1,
  constraint advisory_group_pkey primary key (id)
);
select app_distribute('cases.advisory_group', 'reference');

-- person: who of a company comes, by name.
create table cases.advisory_member (
  customer_id uuid not null,
  id uuid not null,
  group_id uuid not null,
  person text,
  since date not null,
  until date,
  version int not null default 1,
  constraint advisory_member_pkey primary key (customer_id, id),
  constraint advisory_member_since_before_until check (until is null or until >= since)
);
select app_distribute('cases.advisory_member', 'distributed', 'customer_id', 'customers.customer');
create index advisory_member_by_id on cases.advisory_member (id);
create index advisory_member_of_group on cases.advisory_member (group_id, since, id);

-- Meetings of a group, and meetings with key customers that belong to none (group_id null).
create table cases.advisory_meeting (
  id uuid not null,
  group_id uuid,
  title text not null,
  starts_at timestamptz not null,
  place text,
  link text,
  agenda text,
  staff_ids text[] not null default '{}',
  made_at timestamptz not null,
  made_by text not null,
  version int not null default 1,
  constraint advisory_meeting_pkey primary key (id),
  constraint advisory_meeting_group_fkey foreign key (group_id) references cases.advisory_group (id)
);
select app_distribute('cases.advisory_meeting', 'reference');
create index advisory_meeting_by_time on cases.advisory_meeting (starts_at desc, id desc);
create index advisory_meeting_of_group on cases.advisory_meeting (group_id, starts_at desc) where group_id is not null;

create table cases.advisory_attendance (
  customer_id uuid not null,
  meeting_id uuid not null,
  person text,
  constraint advisory_attendance_pkey primary key (customer_id, meeting_id)
);
select app_distribute('cases.advisory_attendance', 'distributed', 'customer_id', 'customers.customer');
create index advisory_attendance_of_meeting on cases.advisory_attendance (meeting_id);

-- What was said in a meeting, item by item; by which customer, and which suggestion became of it, lies with the customer.
create table cases.minutes_item (
  id uuid not null,
  meeting_id uuid not null,
  text text not null,
  made_at timestamptz not null,
  made_by text not null,
  version int not null default 1,
  constraint minutes_item_pkey primary key (id),
  constraint minutes_item_meeting_fkey foreign key (meeting_id) references cases.advisory_meeting (id)
);
select app_distribute('cases.minutes_item', 'reference');
create index minutes_item_of_meeting on cases.minutes_item (meeting_id, made_at, id);

create table cases.minutes_voice (
  customer_id uuid not null,
  item_id uuid not null,
  case_id uuid,
  constraint minutes_voice_pkey primary key (customer_id, item_id),
  constraint minutes_voice_case_fkey foreign key (customer_id, case_id) references cases.case (customer_id, id)
);
select app_distribute('cases.minutes_voice', 'distributed', 'customer_id', 'customers.customer');
create index minutes_voice_of_item on cases.minutes_voice (item_id);

-- A kind of case for people who bought elsewhere and are helped all the same.
alter table cases.case drop constraint case_kind_known;
alter table cases.case add constraint case_kind_known
  check (kind in ('complaint', 'suggestion', 'enquiry', 'claim', 'repair', 'custom-request', 'request', 'goodwill'));

-- What a custom request asks for beyond the usual (extra), how far it came (quoted, accepted: null while nobody has answered, fulfilled), and what the maker of goods that were taken back was asked for (claim).
alter table cases.figure add column extra text;
alter table cases.figure add column quoted boolean not null default false;
alter table cases.figure add column accepted boolean;
alter table cases.figure add column fulfilled boolean not null default false;
alter table cases.figure add column claim text;
alter table cases.figure add column claim_minor bigint not null default 0;
create index figure_of_claim on cases.figure (received_on desc, case_id desc) where claim is not null;
