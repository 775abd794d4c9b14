-- What several people may change, and what is written by its name, has a version, so that nobody overwrites in silence what somebody else has saved meanwhile.
alter table value.spend add column version integer not null default 1;
alter table platform.import_mapping add column version integer not null default 1;
alter table customers.saved_view add column version integer not null default 1;
alter table customers.touch_template add column version integer not null default 1;
