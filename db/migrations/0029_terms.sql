-- What was agreed for an order and how far it is fulfilled: one row per order of which anything of the kind is known. `lines` holds quantity, grade and specification by the place of the order's line. No foreign keys, for the reason that
-- orders have none: a load of many would check each row by row. `delivered_day` is the day on which the last of it had come, kept by the statement that writes the deliveries, so that lists and figures read this table alone.
-- `by_hand`: a person wrote terms or deliveries, and the hand wins over files. `noted`: a person noted anything here, so the undoing of an import leaves the order. `fingerprint` is what a file said last; 0: none did.
-- `late_told`: that the promised day passed was announced; a new promise may be broken anew.
create table orders.term (
  customer_id uuid not null,
  order_id uuid not null,
  quantity numeric,
  grade text,
  specification text,
  promised_day date,
  delivery_place text,
  settlement text,
  trade_terms text,
  payment text,
  lines jsonb not null default '[]',
  delivered_day date,
  late_told boolean not null default false,
  by_hand boolean not null default false,
  noted boolean not null default false,
  fingerprint bigint not null default 0,
  made_by_run uuid,
  changed_by_run uuid,
  updated_at timestamptz not null,
  version int not null default 1,
  constraint term_pkey primary key (customer_id, order_id)
);
select app_distribute('orders.term', 'distributed', 'customer_id', 'customers.customer');
-- The shares of kept promises, by month of the promised day.
create index term_kept on orders.term (promised_day, delivered_day) where promised_day is not null and delivered_day is not null;
create index term_undelivered on orders.term (promised_day, customer_id, order_id) where promised_day is not null and delivered_day is null;
create index term_late on orders.term (promised_day, customer_id, order_id) where delivered_day > promised_day;
-- What is to be announced: promised days that pass before anything has come, or passed before it came.
create index term_untold on orders.term (promised_day, customer_id, order_id)
  where promised_day is not null and not late_told and (delivered_day is null or delivered_day > promised_day);

-- What came for an order on a day. `lines` as above; `noted_by` is null where a file said it.
create table orders.delivery (
  customer_id uuid not null,
  order_id uuid not null,
  id uuid not null,
  day date not null,
  more_follows boolean not null default false,
  quantity numeric,
  grade text,
  specification text,
  delivery_place text,
  settlement text,
  trade_terms text,
  lines jsonb not null default '[]',
  noted_at timestamptz not null,
  noted_by text,
  constraint delivery_pkey primary key (customer_id, order_id, id)
);
select app_distribute('orders.delivery', 'distributed', 'customer_id', 'customers.customer');

-- What happened to the goods of an order on their way. `line` is the place of the order's line, null for the whole.
create table orders.freight_event (
  customer_id uuid not null,
  order_id uuid not null,
  id uuid not null,
  kind text not null,
  day date not null,
  line int,
  quantity numeric,
  note text,
  noted_at timestamptz not null,
  noted_by text not null,
  constraint freight_event_pkey primary key (customer_id, order_id, id),
  constraint freight_event_kind_known check (kind in ('damage', 'loss', 'deterioration', 'handling'))
);
select app_distribute('orders.freight_event', 'distributed', 'customer_id', 'customers.customer');

-- Terms and deliveries of an order before a run changed them (`{"term": …, "deliveries": […]}` without the customer's id), so that the run can be undone.
create table orders.term_before (
  customer_id uuid not null,
  run_id uuid not null,
  order_id uuid not null,
  before jsonb not null,
  constraint term_before_pkey primary key (customer_id, run_id, order_id)
);
select app_distribute('orders.term_before', 'distributed', 'customer_id', 'customers.customer');

-- A customer disputes what an order was billed.
create table orders.dispute (
  customer_id uuid not null,
  order_id uuid not null,
  id uuid not null,
  reason text not null,
  note text,
  opened_at timestamptz not null,
  opened_by text not null,
  outcome text,
  settlement_note text,
  settled_at timestamptz,
  settled_by text,
  version int not null default 1,
  constraint dispute_pkey primary key (customer_id, order_id, id),
  constraint dispute_reason_known check (reason in ('price', 'quantity', 'discount', 'not-delivered', 'goods', 'twice', 'address', 'other')),
  constraint dispute_outcome_known check (outcome in ('corrected', 'given-back', 'upheld')),
  constraint dispute_settled_whole check ((outcome is null) = (settled_at is null) and (outcome is null) = (settled_by is null))
);
select app_distribute('orders.dispute', 'distributed', 'customer_id', 'customers.customer');
create index dispute_open on orders.dispute (opened_at, customer_id, id) where settled_at is null;
create index dispute_by_opening on orders.dispute (opened_at);

-- What was billed for an order before a person corrected it, and after: the log of corrections. Lines as in orders.purchase.
create table orders.correction (
  customer_id uuid not null,
  order_id uuid not null,
  id uuid not null,
  dispute_id uuid,
  before_minor bigint not null,
  after_minor bigint not null,
  before_lines text not null,
  after_lines text not null,
  corrected_at timestamptz not null,
  corrected_by text not null,
  constraint correction_pkey primary key (customer_id, order_id, id)
);
select app_distribute('orders.correction', 'distributed', 'customer_id', 'customers.customer');
create index correction_by_moment on orders.correction (corrected_at);
