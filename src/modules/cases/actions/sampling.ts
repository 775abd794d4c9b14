import { departmentsOfStaff } from '#modules/organization/public.ts'
import type { Db } from '#platform/database/connection.ts'
import { allocate, type Strata } from '../domain/audit.ts'
import { type Verdict, verdicts } from '../domain/taxonomy.ts'
import type { Audit } from '../store/audits.ts'
import { actedIn, answeredForBy, countStrata, type DrawnCase, inOrderOfLots } from '../store/sampling.ts'

export interface Sample {
  readonly population: Strata
  readonly cases: readonly (DrawnCase & { readonly stratum: Verdict })[]
  /** Passed over because the auditor had a hand in them. */
  readonly leftOut: number
}

/** How many lots are looked at together. */
const atOnce = 200

/**
 * The sample of an audit, of each stratum in the order of its lots: the same seed over the same cases draws the same. What the departments of the auditor answer for is not drawn from; whatever the auditor ever acted in or was named in is passed over, and the next lot stands in its place.
 */
export async function drawSample(
  db: Db,
  audit: Pick<Audit, 'from' | 'to' | 'departmentId' | 'sampleSize' | 'auditorId'> & { readonly seed: string },
): Promise<Sample> {
  const drawn = { ...audit, without: audit.departmentId === null ? await departmentsOfStaff(db, [audit.auditorId]) : [] }
  const population = await countStrata(db, drawn)
  const wanted = allocate(population, audit.sampleSize)
  let leftOut = 0
  const cases: (DrawnCase & { readonly stratum: Verdict })[] = []
  for (const stratum of verdicts) {
    let missing = wanted[stratum]
    for (let after: string | null = null; missing > 0; ) {
      const lots: readonly DrawnCase[] = await inOrderOfLots(db, drawn, stratum, after, atOnce)
      const own = await actedIn(db, lots, audit.auditorId)
      for (const one of lots) {
        if (missing === 0) break
        if (own.has(one.caseId)) leftOut++
        else {
          cases.push({ ...one, stratum })
          missing--
        }
      }
      if (lots.length < atOnce) break
      after = lots.at(-1)!.lot
    }
  }
  return { population, cases, leftOut }
}

/** Which of some cases are somebody's own work: that of a department of theirs, or with a hand of theirs in it. */
export async function ownWork(db: Db, cases: readonly Omit<DrawnCase, 'lot'>[], userId: string): Promise<ReadonlySet<string>> {
  const departments = await departmentsOfStaff(db, [userId])
  return new Set([...(await actedIn(db, cases, userId)), ...(await answeredForBy(db, cases, departments))])
}
