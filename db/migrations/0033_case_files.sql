-- Files that go with cases; they lie in the shell's store of files. A case that became another one hands its files on, so the same file may stand with both. seq: the event that brought it.
create table cases.attachment (
  customer_id uuid not null,
  case_id uuid not null,
  file_id uuid not null,
  seq int not null,
  name text not null,
  bytes bigint not null,
  added_by text not null,
  added_at timestamptz not null,
  constraint attachment_pkey primary key (customer_id, case_id, file_id),
  constraint attachment_case_fkey foreign key (customer_id, case_id) references cases.case (customer_id, id) on delete cascade
);
select app_distribute('cases.attachment', 'distributed', 'customer_id', 'customers.customer');

-- What somebody handles and has not ended, also what is settled and still looked at: what others take over when they leave.
create index case_going_of_owner on cases.case (owner_id, opened_at, id) where state in ('open', 'resolved') and owner_id is not null;
