-- What lies beside a book of a million customers after years of work is listed from an index, too.

-- How many customers have each need, from the index alone; and who noted it last.
drop index customers.need_note_by_need;
create index need_note_by_need on customers.need_note (need_id, customer_id) include (noted_at);
create index need_note_recent on customers.need_note (need_id, noted_at, interaction_id);

-- Read backwards all the way, so that pairs of the same score need no sorting.
drop index customers.duplicate_by_score;
create index duplicate_by_score on customers.duplicate (state, score, customer_id, other_id);

-- In the order in which the inbox is read.
drop index organization.notification_unread;
create index notification_unread on organization.notification (user_id, id) where read_at is null;

-- With the field, so that a month is counted, and one rare field found, without a look at every change.
drop index customers.change_by_time;
create index change_by_time on customers.change (changed_at, customer_id, id) include (field);

-- With the customer, so that those of a large team are collected and counted, also together with figures of the book, without a look at their rows.
drop index customers.customer_by_owner;
create index customer_by_owner on customers.customer (owner_id, customer_id) where owner_id is not null;

-- The same customers as before. The server takes "is not {}" for a further choice among those with a tag and expects a tenth of them; so it looked up each in the book instead of joining the two.
drop index customers.customer_by_tag;
create index customer_by_tag on customers.customer using gin (tags) where cardinality(tags) > 0;
