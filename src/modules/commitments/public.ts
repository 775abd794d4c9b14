/** What other modules may use of commitments. */
export { makeCommitment as addCommitment } from './actions/making.ts'
export { settleOrigin } from './actions/others.ts'
export { momentAt } from './domain/clock.ts'
export type { Commitment, Kind, Origin } from './domain/commitment.ts'
export { emptyPoints, type PointNote } from './domain/worksheet.ts'
export { commitmentHandedOver, commitmentMade, commitmentStateChanged } from './facts.ts'
export { insertSignals } from './store/signals.ts'
export { worksheetOf, writeWorksheet } from './store/worksheets.ts'
