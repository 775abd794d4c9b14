-- An erasure that two people want waits while the law wants something kept about the person, and is carried out afterwards.
alter table customers.erasure drop constraint erasure_state_known;
alter table customers.erasure add constraint erasure_state_known check (state in ('requested', 'waiting', 'confirmed', 'done', 'withdrawn'));
