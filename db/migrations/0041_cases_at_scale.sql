-- When a case was given to whoever handles it, so that those who take turns are known also by what they have finished since.
alter table cases.case add column assigned_at timestamptz;
create index case_by_assignment on cases.case (owner_id, assigned_at desc) where owner_id is not null and assigned_at is not null;

-- Checks whether a cause is gone that are due and that nobody was asked for yet.
create index figure_to_ask on cases.figure (check_on, case_id) where check_on is not null and check_asked is distinct from check_days;

-- Lists of one kind, state or of what missed a due time, newest first, however few there are of it.
create index case_by_kind on cases.case (kind, state, late, opened_at desc, id desc);
-- The same of queues.
create index case_open_by_kind on cases.case (kind, late, rank_at, id) where state = 'open';
create index case_open_of_nobody_by_kind on cases.case (kind, late, rank_at, id) where state = 'open' and owner_id is null;

-- What complaints have in common, day by day: the cases of a problem that nobody linked to it.
create index figure_by_cause on cases.figure (cause, received_on desc, case_id desc) where cause is not null;
create index figure_by_reason on cases.figure (category, reason, received_on desc, case_id desc);
create index figure_by_product on cases.figure (product_code, received_on desc, case_id desc) where product_code is not null;
-- Open cases, among which those are looked for that may belong to a problem.
create index figure_open on cases.figure (received_on desc, case_id desc) where state = 'open';
