-- Not only the list of customers is kept under a name: each list has names of its own.
alter table customers.saved_view add column list text not null default 'customers';
alter table customers.saved_view drop constraint saved_view_name_key;
alter table customers.saved_view add constraint saved_view_name_key unique (user_id, list, name);
