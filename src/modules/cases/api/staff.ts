import { z } from 'zod'
import { endpoint, instant, money, page, paging, thingIn } from '#platform/contract.ts'
import { penaltyBases, penaltyRoles } from '../domain/figures/penalty.ts'
import { entryKinds, entryStates } from '../domain/staff-entry.ts'
import { recognitionActs } from '../domain/taxonomy.ts'
import { id, maybe, person, version, words } from './said.ts'
import { Acted } from './shapes.ts'

const decide = { permission: 'cases.penalties', about: 'nobody' } as const
const own = { permission: 'cases.recognize', about: 'nobody' } as const
const pay = money.min(0).max(100_000_000_000)

const Basis = z.object({
  rate: z.object({ basisPoints: z.int(), of: z.enum(penaltyBases) }),
  ofMinor: money,
  band: z.object({ from: z.int(), to: z.int().nullable() }),
  reducedBy: z.enum(['higher-role', 'most']).nullable(),
  lossMinor: money,
  lateMinutes: z.int(),
})

/** What is proposed, or was decided, about somebody who works here. */
const StaffEntryView = z.object({
  id,
  userId: z.string(),
  kind: z.enum(entryKinds),
  state: z.enum(entryStates),
  caseId: id.nullable(),
  caseNumber: z.string().nullable(),
  role: z.enum(penaltyRoles).nullable(),
  act: z.enum(recognitionActs).nullable(),
  amountMinor: money,
  points: z.int(),
  ruleVersion: z.int(),
  /** How the amount came about; null for whoever may not see what somebody earns. */
  basis: Basis.nullable(),
  reason: z.string(),
  proposedAt: instant,
  proposedBy: z.string(),
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  note: z.string().nullable(),
  version: z.int(),
})

const Score = z.object({
  userId: z.string(),
  penalties: z.int(),
  penaltyMinor: money,
  recognitions: z.int(),
  points: z.int(),
  waiting: z.int(),
})
const period = { from: instant, until: instant }

/** Penalties as proposals, and recognition beside them (G-10, P-04, P-08, N-10). */
export const staffEntryEndpoints = {
  proposePenalties: endpoint('POST /cases/:caseId/penalties', {
    permission: 'cases.write',
    about: thingIn('cases.case', 'caseId'),
    summary:
      'Proposes penalties by the newest table, for those whom the case names as responsible; what was proposed before and not decided on is withdrawn',
    input: z.object({
      caseId: id,
      version,
      people: z
        .array(
          z.object({
            userId: person,
            role: z.enum(penaltyRoles),
            performancePayMinor: pay,
            bonusMinor: pay,
            lateMinutes: z.int().min(0).max(1_000_000),
          }),
        )
        .min(1)
        .max(3),
      reason: words(2000),
    }),
    result: z.object({ case: Acted, entries: z.array(StaffEntryView), totalMinor: money }),
  }),
  penaltiesOfCase: endpoint('GET /cases/:caseId/penalties', {
    permission: 'cases.read',
    about: thingIn('cases.case', 'caseId'),
    summary: 'What was proposed about staff because of a case, as far as one may see it',
    input: z.object({ caseId: id }),
    result: z.object({
      entries: z.array(StaffEntryView),
      hidden: z.int(),
    }),
  }),
  caseDelay: endpoint('GET /cases/:caseId/delay', {
    permission: 'cases.read',
    about: thingIn('cases.case', 'caseId'),
    summary: 'How late a case is',
    input: z.object({ caseId: id }),
    /** By how much working time the clock that overran the longest did: what is proposed for whoever delayed the case. */
    result: z.object({ lateMinutes: z.int() }),
  }),
  recognize: endpoint('POST /staff-recognitions', {
    permission: 'cases.recognize',
    about: thingIn('cases.case', 'caseId'),
    summary: 'Proposes that somebody be recognized for what they did for customers or colleagues',
    input: z.object({ userId: person, act: z.enum(recognitionActs), reason: words(2000), caseId: id.optional() }),
    result: StaffEntryView,
  }),
  decideEntry: endpoint('POST /staff-entries/:entryId/decision', {
    ...decide,
    summary: 'Approves or rejects a penalty or a recognition; never one’s own, nor one that is about oneself',
    input: z.object({ entryId: id, version, approved: z.boolean(), note: maybe(2000) }),
    result: StaffEntryView,
  }),
  staffEntries: endpoint('GET /staff-entries', {
    ...decide,
    summary: 'Penalties and recognitions of everybody whom one answers for, the newest first',
    input: z.object({ userId: person.optional(), kind: z.enum(entryKinds).optional(), state: z.enum(entryStates).optional(), ...paging }),
    result: page(StaffEntryView),
  }),
  ownEntries: endpoint('GET /staff-entries/mine', {
    ...own,
    summary: 'What was proposed or decided about oneself, the newest first',
    input: z.object(paging),
    result: page(StaffEntryView),
  }),
  ownScore: endpoint('GET /staff-scores/mine', {
    ...own,
    summary: 'One’s own approved penalties and points of a period',
    input: z.object(period),
    result: Score,
  }),
  staffScores: endpoint('GET /staff-scores', {
    ...decide,
    summary: 'Approved penalties and points of each person in a period',
    input: z.object(period),
    result: z.object({ items: z.array(Score) }),
  }),
  delays: endpoint('GET /case-delays', {
    ...decide,
    summary: 'Who held a case up: named so when responsibility was settled, did not decide in time, or handled it when a clock ran out',
    input: z.object({ from: instant }),
    result: z.object({
      items: z.array(
        z.object({
          kind: z.enum(['named', 'approval', 'clock']),
          userId: z.string(),
          caseId: id,
          number: z.string(),
          at: instant,
          dueAt: instant.nullable(),
          decidedAt: instant.nullable(),
        }),
      ),
    }),
  }),
}
