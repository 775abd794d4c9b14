-- Long texts and links of a company's own fields: they are searched and shown, and neither sorted nor compared, so no index has to hold them.
alter table customers.own_value add column passage text;
create index own_value_with_passage on customers.own_value (field_id, customer_id) where passage is not null;
