/** The nine points by which the potential of a key account is mined (L-13), in their order. */
export const worksheetPoints = [
  'salesAndCauses',
  'beforeAndAfter',
  'competitiveness',
  'latentNeeds',
  'completeOutcome',
  'feelings',
  'questions',
  'doOverSay',
  'noArguing',
] as const
export type WorksheetPoint = (typeof worksheetPoints)[number]

export interface PointNote {
  readonly point: WorksheetPoint
  readonly note: string | null
  readonly done: boolean
}

/** A measure of the customer's own business before they bought from us and after. */
export interface Measure {
  readonly metric: string | null
  readonly before: number | null
  readonly after: number | null
}

export const emptyPoints = (): readonly PointNote[] => worksheetPoints.map((point) => ({ point, note: null, done: false }))

/** All nine in their order, with what is known of each. */
export const wholePoints = (known: readonly PointNote[]): readonly PointNote[] =>
  emptyPoints().map((empty) => known.find(({ point }) => point === empty.point) ?? empty)

export const pointsDone = (points: readonly PointNote[]): number => points.filter(({ done }) => done).length

/** By which share of the value before it changed: 0.25 is a quarter more. Null where one of them is unknown or the value before is 0. */
export const changeShare = ({ before, after }: Pick<Measure, 'before' | 'after'>): number | null =>
  before === null || after === null || before === 0 ? null : (after - before) / Math.abs(before)
