create schema knowledge;

-- What the product brought along once, by name: what a company then changed or took away stays as it is, whatever later versions bring.
create table knowledge.shipped (
  key text not null,
  constraint shipped_pkey primary key (key)
);
select app_distribute('knowledge.shipped', 'reference');

-- Ways of talking with customers who complain. Names, texts and points hold every language ({"en": …, "zh-CN": …, "zh-TW": …}, empty where nobody wrote it); rules say when a technique suits, as data.
create table knowledge.technique (
  id uuid not null,
  key text,
  name jsonb not null,
  body jsonb not null,
  points jsonb not null,
  rules jsonb not null,
  minimum_experience smallint,
  is_default boolean not null default false,
  active boolean not null default true,
  position int not null,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint technique_pkey primary key (id),
  constraint technique_key_key unique (key),
  constraint technique_experience_range check (minimum_experience between 1 and 5)
);
select app_distribute('knowledge.technique', 'reference');

-- Each use and whether it helped (null: not known yet). Where it was used is a thing of another module; neither the customer nor what was said stands here.
create table knowledge.technique_use (
  id uuid not null,
  technique_id uuid not null,
  module text,
  origin_id text,
  used_by text not null,
  used_at timestamptz not null,
  succeeded boolean,
  judged_at timestamptz,
  judged_by text,
  constraint technique_use_pkey primary key (id),
  constraint technique_use_technique_fkey foreign key (technique_id) references knowledge.technique (id),
  constraint technique_use_origin_whole check ((module is null) = (origin_id is null)),
  constraint technique_use_judged_whole check ((succeeded is null) = (judged_at is null))
);
select app_distribute('knowledge.technique_use', 'local');
-- How often each helped in the last year, from the index alone.
create index technique_use_of_technique on knowledge.technique_use (technique_id, used_at) include (succeeded);
create index technique_use_of_origin on knowledge.technique_use (module, origin_id) where module is not null;
create index technique_use_by_person on knowledge.technique_use (used_by, used_at);

-- Replies to customers. A version is never changed, so that it can be shown which words somebody was sent.
create table knowledge.template (
  id uuid not null,
  key text,
  kind text not null,
  name jsonb not null,
  active boolean not null default true,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint template_pkey primary key (id),
  constraint template_key_key unique (key)
);
select app_distribute('knowledge.template', 'reference');

create table knowledge.template_version (
  template_id uuid not null,
  version int not null,
  texts jsonb not null,
  made_at timestamptz not null,
  made_by text not null,
  constraint template_version_pkey primary key (template_id, version),
  constraint template_version_template_fkey foreign key (template_id) references knowledge.template (id) on delete cascade
);
select app_distribute('knowledge.template_version', 'reference');

-- What a company knows and has agreed on. Everybody reads the published revision; later ones are drafts.
create table knowledge.article (
  id uuid not null,
  key text,
  kind text not null,
  category text,
  tags text[] not null default '{}',
  owner_role text,
  needs_acknowledgement boolean not null default false,
  revision int not null,
  published_revision int,
  published_at timestamptz,
  published_by text,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint article_pkey primary key (id),
  constraint article_name_key unique (key),
  constraint article_published_whole check ((published_revision is null) = (published_at is null)),
  constraint article_published_is_there check (published_revision <= revision)
);
select app_distribute('knowledge.article', 'reference');
create index article_published on knowledge.article (published_at desc, id desc) where published_revision is not null;
create index article_changed on knowledge.article (changed_at desc, id desc);
create index article_of_kind on knowledge.article (kind, category);

-- What finds an article, the published revision or the draft where none is: words, and pairs of Han characters, folded. Beginnings are found by range, so the order is that of bytes.
create table knowledge.article_key (
  key text collate "C" not null,
  article_id uuid not null,
  in_title boolean not null,
  constraint article_key_pkey primary key (key, article_id),
  constraint article_key_article_fkey foreign key (article_id) references knowledge.article (id) on delete cascade
);
select app_distribute('knowledge.article_key', 'reference');
create index article_key_of_article on knowledge.article_key (article_id);

create table knowledge.article_revision (
  article_id uuid not null,
  revision int not null,
  content jsonb not null,
  note text,
  made_at timestamptz not null,
  made_by text not null,
  constraint article_revision_pkey primary key (article_id, revision),
  constraint article_revision_article_fkey foreign key (article_id) references knowledge.article (id) on delete cascade
);
select app_distribute('knowledge.article_revision', 'reference');

-- Who has read which revision, and who said that they stand by it.
create table knowledge.article_reading (
  article_id uuid not null,
  revision int not null,
  user_id text not null,
  read_at timestamptz not null,
  acknowledged_at timestamptz,
  constraint article_reading_pkey primary key (article_id, revision, user_id),
  constraint article_reading_revision_fkey foreign key (article_id, revision) references knowledge.article_revision (article_id, revision) on delete cascade
);
select app_distribute('knowledge.article_reading', 'local');
create index article_reading_of_person on knowledge.article_reading (user_id, article_id, revision);

-- A checklist that was gone through: the points with their scores as they were then, and the share of what could be reached.
create table knowledge.inspection (
  id uuid not null,
  article_id uuid not null,
  revision int not null,
  place text,
  scores jsonb not null,
  result numeric(5, 4),
  note text,
  done_at timestamptz not null,
  done_by text not null,
  constraint inspection_pkey primary key (id),
  constraint inspection_revision_fkey foreign key (article_id, revision) references knowledge.article_revision (article_id, revision)
);
select app_distribute('knowledge.inspection', 'local');
create index inspection_of_article on knowledge.inspection (article_id, done_at desc, id desc);

-- What everybody is told of, and who has read it.
create table knowledge.bulletin (
  id uuid not null,
  kind text not null,
  title jsonb not null,
  body jsonb not null,
  tags text[] not null default '{}',
  origin_module text,
  origin_id text,
  published_at timestamptz not null,
  published_by text not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  version int not null default 1,
  constraint bulletin_pkey primary key (id),
  constraint bulletin_kind_known check (kind in ('lesson', 'recurrence', 'said-done', 'notice')),
  constraint bulletin_origin_whole check ((origin_module is null) = (origin_id is null)),
  constraint bulletin_withdrawn_whole check ((withdrawn_at is null) = (withdrawn_by is null))
);
select app_distribute('knowledge.bulletin', 'reference');
create index bulletin_newest on knowledge.bulletin (published_at desc, id desc) where withdrawn_at is null;
create index bulletin_of_origin on knowledge.bulletin (origin_module, origin_id) where origin_module is not null;

create table knowledge.bulletin_reading (
  user_id text not null,
  bulletin_id uuid not null,
  read_at timestamptz not null,
  constraint bulletin_reading_pkey primary key (user_id, bulletin_id),
  constraint bulletin_reading_bulletin_fkey foreign key (bulletin_id) references knowledge.bulletin (id) on delete cascade
);
select app_distribute('knowledge.bulletin_reading', 'local');
create index bulletin_reading_of_bulletin on knowledge.bulletin_reading (bulletin_id, user_id);

-- What people learn: something to read or to do, and for which of the three skills.
create table knowledge.course (
  id uuid not null,
  name jsonb not null,
  about jsonb not null,
  skills text[] not null,
  article_id uuid,
  technique_id uuid,
  link text,
  active boolean not null default true,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint course_pkey primary key (id),
  constraint course_article_fkey foreign key (article_id) references knowledge.article (id),
  constraint course_technique_fkey foreign key (technique_id) references knowledge.technique (id)
);
select app_distribute('knowledge.course', 'reference');

create table knowledge.course_completion (
  user_id text not null,
  course_id uuid not null,
  completed_at timestamptz not null,
  noted_by text not null,
  note text,
  constraint course_completion_pkey primary key (user_id, course_id),
  constraint course_completion_course_fkey foreign key (course_id) references knowledge.course (id) on delete cascade
);
select app_distribute('knowledge.course_completion', 'local');
create index course_completion_of_course on knowledge.course_completion (course_id, user_id);

-- A technique that was tried on an invented situation, and what somebody experienced said about it.
create table knowledge.practice (
  id uuid not null,
  technique_id uuid not null,
  user_id text not null,
  situation text not null,
  notes jsonb not null,
  practised_at timestamptz not null,
  score smallint,
  feedback text,
  judged_at timestamptz,
  judged_by text,
  constraint practice_pkey primary key (id),
  constraint practice_technique_fkey foreign key (technique_id) references knowledge.technique (id),
  constraint practice_score_range check (score between 1 and 5),
  constraint practice_judged_whole check ((score is null) = (judged_at is null))
);
select app_distribute('knowledge.practice', 'local');
create index practice_of_person on knowledge.practice (user_id, practised_at desc, id desc);
create index practice_waiting on knowledge.practice (practised_at, id) where judged_at is null;

-- What somebody did for others, told by a colleague.
create table knowledge.recognition (
  id uuid not null,
  user_id text not null,
  text text not null,
  given_at timestamptz not null,
  given_by text not null,
  constraint recognition_pkey primary key (id)
);
select app_distribute('knowledge.recognition', 'local');
create index recognition_newest on knowledge.recognition (given_at desc, id desc);
create index recognition_of_person on knowledge.recognition (user_id, given_at desc, id desc);
