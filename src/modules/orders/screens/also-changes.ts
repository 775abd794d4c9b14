/** Whose answers an order by hand makes out of date, besides those of orders. */
export const alsoChanges: readonly string[] = ['customers', 'value', 'insight']
