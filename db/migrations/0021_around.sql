-- What a file brings of people, ways to reach and competitors around customers is taken back with its import.
alter table customers.key_person add column made_by_run uuid;
alter table customers.contact_point add column made_by_run uuid;
alter table customers.used_competitor add column made_by_run uuid;
create index key_person_made_by_run on customers.key_person (made_by_run, customer_id) where made_by_run is not null;
create index contact_point_made_by_run on customers.contact_point (made_by_run, customer_id) where made_by_run is not null;
create index used_competitor_made_by_run on customers.used_competitor (made_by_run, customer_id) where made_by_run is not null;
