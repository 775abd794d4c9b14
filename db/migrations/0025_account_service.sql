-- The service sheet of an account: what is done for this customer that others do not get, each line with its own version, so that two people can work on two lines.
create table commitments.account_service (
  customer_id uuid not null,
  id uuid not null,
  title text not null,
  detail text,
  since date,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint account_service_pkey primary key (customer_id, id),
  constraint account_service_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade
);
select app_distribute('commitments.account_service', 'distributed', 'customer_id', 'customers.customer');

-- What was proposed to a customer, and which need of theirs it answers: nothing is proposed for no need.
create table commitments.proposal (
  customer_id uuid not null,
  id uuid not null,
  need_id uuid not null,
  product_code text not null,
  note text,
  state text not null default 'open',
  made_at timestamptz not null,
  made_by text not null,
  closed_at timestamptz,
  version int not null default 1,
  constraint proposal_pkey primary key (customer_id, id),
  constraint proposal_customer_fkey foreign key (customer_id) references customers.customer (customer_id) on delete cascade,
  constraint proposal_state_known check (state in ('open', 'accepted', 'declined')),
  constraint proposal_closed_when_not_open check ((state = 'open') = (closed_at is null))
);
select app_distribute('commitments.proposal', 'distributed', 'customer_id', 'customers.customer');
