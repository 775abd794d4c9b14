import { type Share, shareOf } from './figures/reliability.ts'

/** Contests that agree in month (from 1), body and category: how many came, were decided, and were decided for the customer. */
export interface ContestCell {
  readonly way: 'inside' | 'outside'
  readonly month: number
  readonly bodyId: string | null
  readonly category: string | null
  readonly opened: number
  readonly decided: number
  readonly forCustomer: number
}

export interface ContestFigures {
  readonly appeals: number
  readonly appealsDecided: number
  /** Of those that were judged, how many were upheld, wholly or in part. */
  readonly appealsUpheld: Share
  readonly referrals: number
  readonly referralsDecided: number
  /** Of those that a body outside decided, how many it decided for the customer, wholly or in part. */
  readonly overturned: Share
}

type Counts = Pick<ContestCell, 'way' | 'opened' | 'decided' | 'forCustomer'>

export function contestFigures(cells: readonly Counts[]): ContestFigures {
  const sum = (way: Counts['way'], what: 'opened' | 'decided' | 'forCustomer') =>
    cells.reduce((all, cell) => all + (cell.way === way ? cell[what] : 0), 0)
  return {
    appeals: sum('inside', 'opened'),
    appealsDecided: sum('inside', 'decided'),
    appealsUpheld: shareOf(sum('inside', 'forCustomer'), sum('inside', 'decided')),
    referrals: sum('outside', 'opened'),
    referralsDecided: sum('outside', 'decided'),
    overturned: shareOf(sum('outside', 'forCustomer'), sum('outside', 'decided')),
  }
}

/** The same by what cells have in common, in the order of its names; what says nothing stands last. */
export function contestsBy<K extends string | number>(
  cells: readonly ContestCell[],
  keyOf: (cell: ContestCell) => K | null,
): readonly (ContestFigures & { readonly key: K | null })[] {
  const rank = (key: K | null) => (key === null ? '\uffff' : String(key).padStart(4, '0'))
  return [...Map.groupBy(cells, keyOf)]
    .toSorted(([a], [b]) => (rank(a) < rank(b) ? -1 : 1))
    .map(([key, those]) => ({ key, ...contestFigures(those) }))
}
