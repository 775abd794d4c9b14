import { standardDeviation } from '#numerics/standard-deviation.ts'
import { type Basis, type Interval, type Share, shareOf } from './reliability.ts'

/** The seven Rs of a service (requirement A-06): right time, place, price, way, customer, product or service, want. */
export const rights = ['time', 'place', 'price', 'way', 'customer', 'product', 'want'] as const
export type Right = (typeof rights)[number]
/** The core four. They weigh double. */
export const coreRights: readonly Right[] = ['customer', 'product', 'way', 'want']
const weightOf = (right: Right): number => (coreRights.includes(right) ? 2 : 1)

export type Met = 'met' | 'not-met' | 'not-applicable'

/** The five items of courtesy (requirement K-01): respect and attention, solving before blame, the customer at the centre, quick response, lasting quality. */
export const courtesyItems = ['respect', 'solved-before-blame', 'customer-at-centre', 'quick-response', 'lasting-quality'] as const
export type CourtesyItem = (typeof courtesyItems)[number]

export interface QualitySheet {
  readonly rights: Readonly<Record<Right, Met>>
  /** 1 … 5, whole numbers; 5 is best. */
  readonly courtesy: Readonly<Record<CourtesyItem, number>>
  /** Somebody argued with the customer. Fails the sheet whatever else is on it. */
  readonly argued: boolean
}

export interface SheetRules {
  /** Mean of the courtesy items from which on courtesy is passed, 1 … 5. */
  readonly courtesyPass: number
}

export const defaultSheetRules: SheetRules = { courtesyPass: 4 }

export interface SheetResult {
  /** The first that applies, in this order: courtesy cannot make up for a right that was not met. */
  readonly verdict: 'argued' | 'seven-r-not-met' | 'courtesy-too-low' | 'passed' | 'not-assessed'
  readonly sevenR: 'met' | 'not-met' | 'not-assessed'
  readonly core: 'met' | 'not-met' | 'not-assessed'
  readonly notMet: readonly Right[]
  /** 0 … 100: share of the weights of the applicable rights that were met, core ones weighing 2 and the others 1; null where none applies. */
  readonly rightsScore: number | null
  /** Mean of the five items, 1 … 5. */
  readonly courtesyMean: number
  /**
   * 0 … 100: mean of the rights' score and courtesy on the same scale, but 0 where somebody argued. Null where no right applies. For the consistency over
   * months.
   */
  readonly score: number | null
}

/**
 * The result of a quality sheet. 7R is met where every applicable right is. Items of courtesy outside 1 … 5 or with a fraction are a mistake of the program
 * (RangeError).
 *
 * @example product not met, courtesy 5 of 5 // => verdict 'seven-r-not-met', courtesyMean 5
 */
export function judgeSheet(sheet: QualitySheet, rules: SheetRules = defaultSheetRules): SheetResult {
  const values = courtesyItems.map((item) => sheet.courtesy[item])
  if (!values.every((value) => Number.isInteger(value) && value >= 1 && value <= 5)) throw new RangeError(`courtesy: ${values.join(', ')}`)
  const courtesyMean = values.reduce((sum, value) => sum + value, 0) / values.length
  const notMet = rights.filter((right) => sheet.rights[right] === 'not-met')
  const stateOf = (list: readonly Right[]) =>
    list.some((right) => notMet.includes(right)) ? 'not-met' : list.some((right) => sheet.rights[right] === 'met') ? 'met' : 'not-assessed'
  const sevenR = stateOf(rights)
  const rightsScore = rightsScoreOf(sheet)
  return {
    verdict: sheet.argued
      ? 'argued'
      : sevenR === 'not-met'
        ? 'seven-r-not-met'
        : courtesyMean < rules.courtesyPass
          ? 'courtesy-too-low'
          : sevenR === 'met'
            ? 'passed'
            : 'not-assessed',
    sevenR,
    core: stateOf(coreRights),
    notMet,
    rightsScore,
    courtesyMean,
    score: rightsScore === null ? null : sheet.argued ? 0 : (rightsScore + ((courtesyMean - 1) / 4) * 100) / 2,
  }
}

function rightsScoreOf(sheet: QualitySheet): number | null {
  const applicable = rights.filter((right) => sheet.rights[right] !== 'not-applicable')
  const whole = applicable.reduce((sum, right) => sum + weightOf(right), 0)
  const met = applicable.filter((right) => sheet.rights[right] === 'met').reduce((sum, right) => sum + weightOf(right), 0)
  return whole === 0 ? null : (100 * met) / whole
}

/** Sheets counted per right; a right that did not apply is in neither number. */
export interface RightCount {
  readonly right: Right
  readonly met: number
  readonly notMet: number
}

export interface RightsReport {
  /** In the order of `rights`; a right without a row has nothing to go by. */
  readonly rights: readonly (Share & { readonly right: Right; readonly core: boolean })[]
  /** Sheets on which all applicable core rights were met. */
  readonly core: Share
  /** Sheets on which all applicable rights were met, and on which nobody argued. */
  readonly sevenR: Share
  readonly notArgued: Share
}

/**
 * Pass rates per right, for the core four and for all seven, each with Wilson's interval of 95 %. `sheets` are those on which any right was assessed; counts
 * are whole numbers (RangeError otherwise).
 */
export function rightsReport(
  counts: readonly RightCount[],
  sheets: { readonly all: number; readonly coreMet: number; readonly sevenMet: number; readonly argued: number },
): RightsReport {
  return {
    rights: rights.map((right) => {
      const row = counts.find((count) => count.right === right) ?? { met: 0, notMet: 0 }
      return { right, core: coreRights.includes(right), ...shareOf(row.met, row.met + row.notMet) }
    }),
    core: shareOf(sheets.coreMet, sheets.all),
    sevenR: shareOf(sheets.sevenMet, sheets.all),
    notArgued: shareOf(sheets.all - sheets.argued, sheets.all),
  }
}

export interface Consistency {
  readonly months: number
  /** Mean and standard deviation (n − 1) of the monthly scores, in points 0 … 100; null with fewer than two months. Lower deviation is steadier. */
  readonly mean: number | null
  readonly deviation: number | null
  /** Of the deviation, 95 %, if monthly scores are about normal; null with fewer than two months. */
  readonly interval: Interval | null
  /** `few` with fewer than six months: the deviation of five may well be half or three times as large in truth. */
  readonly basis: Basis
}

/**
 * Consistency of service (K-01): the standard deviation of the score from month to month. Months without a sheet are left out by the caller.
 *
 * @example consistency([80, 84, 82, 86, 78, 82]) // => mean 82, deviation 2.8284…
 */
export function consistency(monthlyScores: readonly number[]): Consistency {
  const spread = standardDeviation(monthlyScores)
  return {
    months: monthlyScores.length,
    mean: spread?.mean ?? null,
    deviation: spread?.deviation ?? null,
    interval: spread && { low: spread.low, high: spread.high },
    basis: spread === null ? 'none' : monthlyScores.length < 6 ? 'few' : 'enough',
  }
}
