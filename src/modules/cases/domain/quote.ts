/** Whether an offer holds no more: it holds through the day that it names, of the company's calendar; without one it holds until it is answered. */
export const hasRunOut = (quoted: { readonly validUntil: string | null }, day: string): boolean =>
  quoted.validUntil !== null && day > quoted.validUntil
