/** Columns of the book in the order in which a valuation copies them; the same as in the migration. */
export const bookColumns = [
  'customer_id',
  'revenue_minor',
  'profit_minor',
  'lifetime_value_minor',
  'expected_spend_minor',
  'written_in',
  'orders',
  'first_order_day',
  'last_order_day',
  'valued_on',
  'probability_alive',
  'probability_ordering',
  'expected_orders',
  'tier',
  'value_label',
  'activity',
  'recency_score',
  'frequency_score',
  'monetary_score',
  'segment',
] as const

/** Indexes of each half of the book; the same as in the migration. Each one costs a valuation about a second per million customers. */
export const bookIndexes = [
  {
    name: 'by_lifetime_value',
    on: '(tier, lifetime_value_minor, customer_id) include (last_order_day, value_label, activity, recency_score, frequency_score, monetary_score, segment)',
  },
  {
    name: 'by_profit',
    on: '(tier, profit_minor, customer_id) include (last_order_day, value_label, activity, recency_score, frequency_score, monetary_score, segment)',
  },
  {
    name: 'by_revenue',
    on: '(tier, revenue_minor, customer_id) include (last_order_day, value_label, activity, recency_score, frequency_score, monetary_score, segment)',
  },
  {
    name: 'by_last_order',
    on: '(last_order_day, customer_id) include (tier, value_label, activity, recency_score, frequency_score, monetary_score, segment)',
  },
] as const

/** The primary key of each half; the same as in the migration. */
export const bookKey = '(customer_id) include (tier)'

/** The book as it is read; the same as in the migration. */
export const bookView = (settled: string): string =>
  `create or replace view customers.book as select * from customers.${settled} union all select * from customers.book_fresh`
