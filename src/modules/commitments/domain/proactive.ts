/** Who began the contacts of a time. */
export interface Beginnings {
  readonly ours: number
  readonly theirs: number
}

/** How many of some contacts we began ourselves, and how many the customer did (L-06); what is only planned does not count yet. */
export function beginningsOf(contacts: readonly { readonly ours: boolean; readonly planned: boolean }[]): Beginnings {
  const held = contacts.filter(({ planned }) => !planned)
  const ours = held.filter((contact) => contact.ours).length
  return { ours, theirs: held.length - ours }
}

/** The share of contacts that were proactive care, 0 to 1; null where there was none. */
export const proactiveShare = ({ ours, theirs }: Beginnings): number | null => (ours + theirs === 0 ? null : ours / (ours + theirs))

export const together = (all: readonly Beginnings[]): Beginnings => ({
  ours: all.reduce((sum, one) => sum + one.ours, 0),
  theirs: all.reduce((sum, one) => sum + one.theirs, 0),
})
