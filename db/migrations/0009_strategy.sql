-- The customer strategy, version by version: how the company builds and manages its customers. Nothing is overwritten; the highest version holds.
create table customers.strategy (
  version int not null,
  content jsonb not null,
  complete boolean not null,
  saved_at timestamptz not null,
  saved_by text not null,
  constraint strategy_pkey primary key (version)
);
select app_distribute('customers.strategy', 'local');
