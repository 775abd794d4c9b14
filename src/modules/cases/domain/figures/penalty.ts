import { counted } from './reliability.ts'

/** What a penalty is a percentage of: one month's performance pay or bonus of the person. */
export const penaltyBases = ['performance-pay', 'bonus'] as const
export type PenaltyBase = (typeof penaltyBases)[number]

/** Hundredths of a percent, a whole number 0 … 10,000: 1,000 is 10 %. */
export interface PenaltyRate {
  readonly basisPoints: number
  readonly of: PenaltyBase
}

/** Losses from `fromMinor` (included) up to the next band's (excluded); the last band has no end. */
export interface LossBand {
  readonly fromMinor: number
  /** For the person directly responsible, and for the head of the department. */
  readonly direct: PenaltyRate
  readonly head: PenaltyRate
}

/** Delays from `fromMinutes` of working time beyond the due time (included) up to the next band's (excluded). */
export interface DelayBand {
  readonly fromMinutes: number
  readonly rate: PenaltyRate
}

/** A version never changes once it is published: a changed table is the next version, and proposals carry the version and the rates they were made with. */
export interface PenaltyTable {
  readonly version: number
  readonly losses: readonly LossBand[]
  readonly delays: readonly DelayBand[]
  /**
   * What one person can lose by one case at most, in basis points of performance pay and bonus together; null without such a limit. Labour law sets one in many
   * countries.
   */
  readonly mostBasisPoints: number | null
}

/** What is wrong with a table; empty: nothing. `row` counts from 0. */
export interface PenaltyTableProblem {
  readonly list: 'losses' | 'delays' | 'most'
  readonly row: number
  readonly problem: 'not-ascending' | 'not-whole' | 'rate-out-of-range'
}

/** Bands must begin at whole numbers above the one before (from 0 on), rates must be whole basis points of at most 10,000. Empty where a table can be published. */
export function penaltyTableProblems(table: PenaltyTable): readonly PenaltyTableProblem[] {
  const starts = (list: 'losses' | 'delays', froms: readonly number[]) =>
    froms.flatMap((from, row): PenaltyTableProblem[] => {
      if (!Number.isSafeInteger(from) || from < 0) return [{ list, row, problem: 'not-whole' }]
      return row > 0 && from <= froms[row - 1]! ? [{ list, row, problem: 'not-ascending' }] : []
    })
  const isRate = (basisPoints: number) => Number.isInteger(basisPoints) && basisPoints >= 0 && basisPoints <= 10_000
  const rates = (list: 'losses' | 'delays', rows: readonly (readonly PenaltyRate[])[]) =>
    rows.flatMap((row, i): PenaltyTableProblem[] =>
      row.every(({ basisPoints }) => isRate(basisPoints)) ? [] : [{ list, row: i, problem: 'rate-out-of-range' }],
    )
  return [
    ...starts(
      'losses',
      table.losses.map(({ fromMinor }) => fromMinor),
    ),
    ...rates(
      'losses',
      table.losses.map(({ direct, head }) => [direct, head]),
    ),
    ...starts(
      'delays',
      table.delays.map(({ fromMinutes }) => fromMinutes),
    ),
    ...rates(
      'delays',
      table.delays.map(({ rate }) => [rate]),
    ),
    ...(table.mostBasisPoints === null || isRate(table.mostBasisPoints)
      ? []
      : [{ list: 'most', row: 0, problem: 'rate-out-of-range' } as const]),
  ]
}

export const penaltyRoles = ['direct', 'head', 'delay'] as const
export type PenaltyRole = (typeof penaltyRoles)[number]

/** A person who answers for a case, with a month's pay in minor units of the organisation's currency. */
export interface AnswerablePerson {
  readonly userId: string
  readonly role: PenaltyRole
  readonly performancePayMinor: number
  readonly bonusMinor: number
  /** Working minutes beyond the due time; only for `delay`. */
  readonly lateMinutes: number
}

export interface PenaltyLine {
  readonly userId: string
  readonly role: PenaltyRole
  readonly rate: PenaltyRate
  readonly ofMinor: number
  readonly amountMinor: number
  /** The band as it was: from (included) to (excluded, null without an end), in minor units or minutes. */
  readonly band: { readonly from: number; readonly to: number | null }
  /** Why the amount is less than rate × pay; null where it is not. */
  readonly reducedBy: 'higher-role' | 'most' | null
}

export interface PenaltyProposal {
  readonly tableVersion: number
  readonly lossMinor: number
  readonly lines: readonly PenaltyLine[]
  readonly totalMinor: number
  /** A penalty is never more than proposed by a calculation: somebody approves it, and recognition stands beside it. */
  readonly needsApproval: true
}

/**
 * Proposes penalties for the loss of a case and for delay, by a version of the table (requirements G-10, P-08): rate of the band × the person's month of
 * performance pay or bonus, rounded half-up to minor units.
 *
 * A loss is what the case cost less what was recovered; 0 or less falls into no band unless the first begins at 0, and then only a loss above 0 does. A person
 * who is both directly responsible and head pays once, by the higher amount. All of a person's lines together stay within the table's limit, the last ones
 * being cut first; `approvedMinor`, what was approved of each person by the same case before, is taken off that limit. Amounts are whole minor units of the organisation's currency; pay and lateness below 0 are mistakes of the program (RangeError).
 *
 * @example loss 5,000.00 in the band from 1,000 to 10,000 at 10 % of a bonus of 3,000.00 // => 300.00 proposed
 */
export function proposePenalties(
  table: PenaltyTable,
  lossMinor: number,
  people: readonly AnswerablePerson[],
  approvedMinor: ReadonlyMap<string, number> = new Map(),
): PenaltyProposal {
  if (!Number.isSafeInteger(lossMinor)) throw new RangeError(`loss: ${lossMinor} is not a whole number of minor units`)
  const full = people
    .toSorted((a, b) => penaltyRoles.indexOf(a.role) - penaltyRoles.indexOf(b.role))
    .flatMap((person) => lineOf(table, lossMinor, person))
  const once = full.map((line) => (isOutdone(line, full) ? { ...line, amountMinor: 0, reducedBy: 'higher-role' as const } : line))
  const lines = withinMost(table, once, people, approvedMinor)
  return {
    tableVersion: table.version,
    lossMinor,
    lines,
    totalMinor: lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    needsApproval: true,
  }
}

function lineOf(table: PenaltyTable, lossMinor: number, person: AnswerablePerson): PenaltyLine[] {
  const { userId, role } = person
  counted(person.performancePayMinor, 'performance pay')
  counted(person.bonusMinor, 'bonus')
  counted(person.lateMinutes, 'lateness')
  const found = role === 'delay' ? delayRate(table, person.lateMinutes) : lossRate(table, lossMinor, role)
  if (!found || found.rate.basisPoints === 0) return []
  const ofMinor = found.rate.of === 'bonus' ? person.bonusMinor : person.performancePayMinor
  return [{ userId, role, ...found, ofMinor, amountMinor: partOf(ofMinor, found.rate.basisPoints), reducedBy: null }]
}

/** Half-up, exact: a month's pay times 10,000 is far below what a double holds exactly. */
const partOf = (amountMinor: number, basisPoints: number): number => Math.floor((amountMinor * basisPoints + 5_000) / 10_000)

interface Found {
  readonly rate: PenaltyRate
  readonly band: PenaltyLine['band']
}

function lossRate(table: PenaltyTable, lossMinor: number, role: 'direct' | 'head'): Found | null {
  const place = table.losses.findLastIndex(({ fromMinor }) => fromMinor <= lossMinor)
  const band = table.losses[place]
  if (!band || lossMinor <= 0) return null
  return { rate: band[role], band: { from: band.fromMinor, to: table.losses[place + 1]?.fromMinor ?? null } }
}

function delayRate(table: PenaltyTable, lateMinutes: number): Found | null {
  const place = table.delays.findLastIndex(({ fromMinutes }) => fromMinutes <= lateMinutes)
  const band = table.delays[place]
  if (!band || lateMinutes <= 0) return null
  return { rate: band.rate, band: { from: band.fromMinutes, to: table.delays[place + 1]?.fromMinutes ?? null } }
}

/** The same person's other line for the loss is higher, or as high and stands before it. */
function isOutdone(line: PenaltyLine, all: readonly PenaltyLine[]): boolean {
  if (line.role === 'delay') return false
  const other = all.find(({ userId, role }) => userId === line.userId && role !== line.role && role !== 'delay')
  if (!other) return false
  return other.amountMinor > line.amountMinor || (other.amountMinor === line.amountMinor && line.role === 'head')
}

function withinMost(
  table: PenaltyTable,
  lines: readonly PenaltyLine[],
  people: readonly AnswerablePerson[],
  approvedMinor: ReadonlyMap<string, number>,
): readonly PenaltyLine[] {
  if (table.mostBasisPoints === null) return lines
  const left = new Map(
    people.map(({ userId, performancePayMinor, bonusMinor }) => [
      userId,
      // Rounded down: a limit is not passed by half a cent.
      Math.max(0, Math.floor(((performancePayMinor + bonusMinor) * table.mostBasisPoints!) / 10_000) - (approvedMinor.get(userId) ?? 0)),
    ]),
  )
  return lines.map((line) => {
    const rest = left.get(line.userId)!
    const amountMinor = Math.min(line.amountMinor, rest)
    left.set(line.userId, rest - amountMinor)
    return amountMinor < line.amountMinor ? { ...line, amountMinor, reducedBy: 'most' as const } : line
  })
}
