-- The seed of a sample is made when it is drawn: nobody chooses it, and what is only planned has none.
alter table cases.audit alter column seed drop not null;
update cases.audit set seed = null where state = 'planned';
alter table cases.audit add constraint audit_seed_when_drawn check ((state = 'planned') = (seed is null));

-- When something was dropped, as a day of the company: what was asked for and dropped counts in what became of it. Of what was dropped before this was kept, only the day on which it was asked for is known.
alter table cases.process_action add column dropped_on date;
update cases.process_action set dropped_on = made_at::date where state = 'dropped';
alter table cases.process_action add constraint process_action_dropped_on_a_day check ((state = 'dropped') = (dropped_on is not null));
create index process_action_of_owner on cases.process_action (owner_id) where state = 'open';
