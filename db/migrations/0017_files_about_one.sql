-- A file about one customer is found under that customer, and noted each time it is taken; only mere looks are noted once an hour.
drop index platform.personal_read_once;
create unique index personal_read_once on platform.personal_read (customer_id, actor, hour) where customer_id is not null and name = 'customer-seen';
