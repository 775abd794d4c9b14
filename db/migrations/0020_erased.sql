-- Who was erased stands in no list; they are few and found at once.
create index customer_erased on customers.customer (customer_id) where erased_at is not null;
