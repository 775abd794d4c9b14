-- What followed the customers when somebody left (commitments, cases), so that it can be given back: of each its id and to whom it went, null where nobody was left for it.
create table customers.followed (
  run_id uuid not null,
  kind text not null,
  item_id uuid not null,
  owner_id text,
  constraint followed_pkey primary key (run_id, kind, item_id)
);
select platform.app_distribute('customers.followed', 'local');
