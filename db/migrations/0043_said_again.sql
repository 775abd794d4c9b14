-- Complaints that were said again: a report counts their customers, and they are few among all.
create index figure_said_again on cases.figure (received_on, customer_id) where repeated;
