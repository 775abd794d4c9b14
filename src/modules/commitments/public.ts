/** What other modules may use of commitments. */
export { readContacts } from './actions/cadence.ts'
export { makeCommitment as addCommitment } from './actions/making.ts'
export { moveCommitment, settleCommitment, settleOrigin } from './actions/others.ts'
export { momentAt } from './domain/clock.ts'
export type { Commitment, Kind, Origin } from './domain/commitment.ts'
export { emptyPoints, type PointNote } from './domain/worksheet.ts'
export {
  commitmentHandedOver,
  commitmentMade,
  commitmentRescheduled,
  commitmentStateChanged,
  commitmentsTakenOver,
  promiseBroken,
} from './facts.ts'
export { commitmentById } from './store/commitments.ts'
export { ofOrigin as commitmentsOfOrigin } from './store/lists.ts'
export { insertSignals } from './store/signals.ts'
export { worksheetOf, writeWorksheet } from './store/worksheets.ts'
