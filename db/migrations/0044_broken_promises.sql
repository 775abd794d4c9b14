-- For which due time somebody was told that a promise was not kept: told once, and again only when it was promised anew and broken anew.
alter table commitments.commitment add column broken_due timestamptz;
-- What was broken before anybody was told of it stays as quiet as it was.
update commitments.commitment set broken_due = due_at where kind = 'promise' and state = 'open' and due_at <= now();
create index commitment_promise_due on commitments.commitment (due_at, id)
  where kind = 'promise' and state = 'open' and due_at is distinct from broken_due;
