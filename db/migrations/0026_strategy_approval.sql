-- A version of the strategy is approved by whoever answers for it, and names the segments that it is about.
alter table customers.strategy add column segment_ids uuid[] not null default '{}';
alter table customers.strategy add column approved_at timestamptz;
alter table customers.strategy add column approved_by text;
alter table customers.strategy add constraint strategy_approval_whole check ((approved_at is null) = (approved_by is null));
