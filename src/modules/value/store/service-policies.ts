import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { forget, remembered } from '#platform/database/remembered.ts'
import type { Policy, PolicyContent, PolicyHead, PolicyKind, ServiceChannel } from '../domain/service-policy.ts'
import type { Tier } from '../domain/tiers.ts'

export type StoredPolicy = Policy & { readonly savedAt: Date; readonly savedBy: string; readonly supersededAt: Date | null }

const all = (db: Db) => db.selectFrom('value.service_policy').selectAll()
type Row = Awaited<ReturnType<ReturnType<typeof all>['executeTakeFirstOrThrow']>>

/** What is served now: a few dozen at most. */
export async function servedPolicies(db: Db): Promise<StoredPolicy[]> {
  const rows = await all(db).where('superseded_at', 'is', null).orderBy('id').execute()
  return rows.map(stored)
}

/** One version of one policy, whether it is served or not. */
export function policyVersion(db: Db, id: string, version: number): Promise<StoredPolicy | null> {
  return remembered(db, `service policy ${id} ${version}`, async () => {
    const row = await all(db).where('id', '=', id).where('version', '=', version).executeTakeFirst()
    return row ? stored(row) : null
  })
}

/** Every version of a policy, newest first. */
export async function policyVersions(db: Db, id: string, limit: number): Promise<StoredPolicy[]> {
  const rows = await all(db).where('id', '=', id).orderBy('version', 'desc').limit(limit).execute()
  return rows.map(stored)
}

/** Whoever writes a policy waits for whoever writes another, so that none falls below a baseline that is being raised. Whoever reads does not wait. */
export const holdPolicies = (db: Db) => sql`lock table value.service_policy in share row exclusive mode`.execute(db)

/** Saves the first or the next version; the one before is served no more. Call `holdPolicies` before. */
export async function savePolicy(db: Db, policy: Policy, on: { readonly by: string; readonly now: Date }): Promise<void> {
  if (policy.version > 1) await supersede(db, policy.id, on.now)
  await db
    .insertInto('value.service_policy')
    .values({ ...headRow(policy), ...contentRow(policy), saved_at: on.now, saved_by: on.by })
    .execute()
  forget(db)
}

/** Ends what is served of a policy; its versions stay for the cases that began with them. */
export async function supersede(db: Db, id: string, now: Date): Promise<void> {
  await db.updateTable('value.service_policy').set({ superseded_at: now }).where('id', '=', id).where('superseded_at', 'is', null).execute()
  forget(db)
}

const headRow = ({ id, version, kind, tier, segmentId }: PolicyHead) => ({ id, version, kind, tier, segment_id: segmentId })

const contentRow = (policy: PolicyContent) => ({
  name: policy.name,
  mix: JSON.stringify(policy.mix),
  acknowledge_minutes: policy.targets.acknowledge,
  first_response_minutes: policy.targets.firstResponse,
  next_response_minutes: policy.targets.nextResponse,
  step_minutes: policy.targets.step,
  resolve_minutes: policy.targets.resolve,
  department_id: policy.departmentId,
  served_by_department_id: policy.servedByDepartmentId,
  served_by_team_id: policy.servedByTeamId,
  channels: [...policy.channels],
  account_manager: policy.accountManager,
  cadence: policy.cadence,
  benefits: policy.benefits && [...policy.benefits],
  yearly_cost_minor: policy.yearlyCostMinor,
  yearly_minutes: policy.yearlyMinutes,
  satisfaction_gain: policy.satisfactionGain,
  priority: policy.priority,
})

const nothingWritten: PolicyContent['mix'] = { price: null, place: null, people: null, promotion: null, evidence: null, process: null }

const stored = (row: Row): StoredPolicy => ({
  id: row.id,
  version: row.version,
  kind: row.kind as PolicyKind,
  tier: row.tier as Tier | null,
  segmentId: row.segment_id,
  name: row.name,
  mix: { ...nothingWritten, ...(row.mix as Partial<PolicyContent['mix']>) },
  targets: {
    acknowledge: row.acknowledge_minutes,
    firstResponse: row.first_response_minutes,
    nextResponse: row.next_response_minutes,
    step: row.step_minutes,
    resolve: row.resolve_minutes,
  },
  departmentId: row.department_id,
  servedByDepartmentId: row.served_by_department_id,
  servedByTeamId: row.served_by_team_id,
  channels: row.channels as readonly ServiceChannel[],
  accountManager: row.account_manager,
  cadence: row.cadence,
  benefits: row.benefits,
  yearlyCostMinor: row.yearly_cost_minor,
  yearlyMinutes: row.yearly_minutes,
  satisfactionGain: row.satisfaction_gain,
  priority: row.priority,
  savedAt: row.saved_at,
  savedBy: row.saved_by,
  supersededAt: row.superseded_at,
})

/** When which service policies were saved anew between two moments (the second not included), the newest first. */
export const policiesSaved = (
  db: Db,
  from: Date,
  to: Date,
): Promise<readonly { readonly id: string; readonly at: Date; readonly by: string }[]> =>
  db
    .selectFrom('value.service_policy')
    .select(['id', 'saved_at as at', 'saved_by as by'])
    .where('saved_at', '>=', from)
    .where('saved_at', '<', to)
    .orderBy('saved_at', 'desc')
    .limit(50)
    .execute()
