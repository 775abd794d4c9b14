/** The customers' list with a filter; the one place that knows how that page is called. */
export const customersLink = (filter: Readonly<Record<string, string | number>>): string =>
  `/customers?${new URLSearchParams(Object.entries(filter).map(([key, value]) => [key, String(value)])).toString()}`
