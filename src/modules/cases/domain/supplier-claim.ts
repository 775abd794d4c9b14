/** What the maker of goods that were taken back for somebody is asked for (K-05): to be claimed, claimed, paid or refused. */
export const claimStates = ['open', 'claimed', 'paid', 'refused'] as const
export type ClaimState = (typeof claimStates)[number]

export interface SupplierClaim {
  readonly state: ClaimState
  readonly supplier: string | null
  /** The value of the goods; what came back of it. Minor units. */
  readonly amountMinor: number
  readonly receivedMinor: number
}

/** Where it may go next; who refused can be asked again, and what is paid is done. */
export const claimMayGoTo = (state: ClaimState): readonly ClaimState[] =>
  (({ open: ['claimed'], claimed: ['paid', 'refused'], refused: ['claimed'], paid: [] }) as const)[state]

/** Whether nothing more is awaited of the supplier. */
export const isSettled = (claim: SupplierClaim | null): boolean => claim?.state === 'paid' || claim?.state === 'refused'

/** What the company loses of the goods in the end if the supplier pays what was asked; minor units. */
export const expectedLossMinor = ({ state, amountMinor, receivedMinor }: SupplierClaim): number =>
  amountMinor - (state === 'paid' ? receivedMinor : state === 'refused' ? 0 : amountMinor)
