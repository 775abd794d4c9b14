-- What the company calls a role that it made itself: by language, at least one. The built-in ones have their words in the product.
alter table organization.role add column names jsonb;
