import { caseById, casesActions, emptyRecord, type PastCase, recordPast } from '#modules/cases/public.ts'
import { servicePolicyActions } from '#modules/value/public.ts'
import type { Context } from '#platform/context.ts'
import { atThatTime } from './at-that-time.ts'
import type { SeedDeed } from './cases/live.ts'
import { seedAuthority, seedCauses, seedOffers, seedRoutes, seedStaffRules, seedTargets } from './cases/setup.ts'
import type { SeedCase } from './cases/story.ts'
import type { LoadedCast } from './load-cast.ts'

/** What the company set up before the first case came: who answers for what, what brings it about, what is offered, who decides up to how much. */
export async function loadSetup(context: Context, cast: LoadedCast, at: Date): Promise<void> {
  const administrator = atThatTime(context, at, cast.actor('administrator'))
  const { causes } = await casesActions.causes(context, {})
  const fields = new Map(causes.filter(({ depth }) => depth === 0).map(({ kind, id }) => [kind as string, id]))
  for (const [kind, names] of Object.values(seedCauses))
    await casesActions.addCause(administrator, { parentId: fields.get(kind) ?? null, kind, names })
  for (const offer of Object.values(seedOffers)) await casesActions.addOffer(administrator, { ...offer, retired: false })
  for (const { department, person, ...route } of seedRoutes)
    await casesActions.addRoute(administrator, {
      ...route,
      productCategory: null,
      departmentId: cast.department(department),
      personId: person && cast.person(person),
      deputyId: null,
    })
  const { items } = await servicePolicyActions.servicePolicies(context, {})
  for (const {
    id: policyId,
    version,
    kind: _,
    tier,
    segmentId: _segment,
    segmentName: _name,
    savedAt: _at,
    savedBy: _by,
    channels,
    benefits,
    ...content
  } of items) {
    const lists = { channels: [...channels], benefits: benefits && [...benefits] }
    const targets = tier === null ? undefined : seedTargets[tier]
    const servedByDepartmentId = cast.department('service')
    if (targets)
      await servicePolicyActions.changeServicePolicy(administrator, {
        policyId,
        version,
        ...content,
        ...lists,
        targets,
        servedByDepartmentId,
      })
  }
  await casesActions.changeAuthority(administrator, { version: 0, lines: seedAuthority.map((line) => ({ ...line })) })
  await casesActions.changeStaffRules(administrator, { version: 0, ...seedStaffRules })
}

/** Records the cases with their past, through the product's rules. */
export const loadCases = (context: Context, cast: LoadedCast, cases: readonly SeedCase[]): Promise<void> =>
  recordPast(
    context,
    cases.map(
      ({ key, customer, kind, record, owner, openedBy, openedAt, proactive, acts }): PastCase => ({
        opening: {
          id: cast.id('case', key),
          customerId: cast.customer(customer),
          kind,
          record: { ...emptyRecord(openedAt), ...record },
          ownerId: owner && cast.person(owner),
          proactive,
        },
        at: openedAt,
        by: cast.person(openedBy),
        acts,
      }),
    ),
  )

/** Does what the demo's people do to cases by the product itself, each at its time. */
export async function loadDeeds(context: Context, cast: LoadedCast, deeds: readonly SeedDeed[]): Promise<void> {
  for (const { key, at, by, does, said } of deeds) {
    const caseId = cast.id('case', key)
    const acting = atThatTime(context, at, cast.actor(by))
    const { version } = (await caseById(acting.db, caseId))!
    // Which action it is and what it takes belong together by the type of a deed.
    const action = casesActions[does] as (context: Context, input: object) => Promise<unknown>
    await action(acting, { caseId, version, ...said })
  }
}

/** What was proposed for staff is decided on by somebody else, but for the newest. */
export async function loadDecisions(context: Context, cast: LoadedCast, now: Date): Promise<void> {
  const executive = cast.actor('executive')
  const { items } = await casesActions.staffEntries({ ...context, reach: 'all' }, { state: 'proposed', limit: 100 })
  for (const [n, { id, version, kind, proposedAt, userId }] of items.toReversed().entries()) {
    const at = new Date(proposedAt.getTime() + 2 * 86_400_000)
    if (kind !== 'penalty' || at > now || userId === executive.id) continue
    // Heads answer for it once; the other times it was not theirs.
    const approved = userId !== cast.person('supervisor') || n === 0
    const note = approved ? null : 'The plan for that day was mine'
    await casesActions.decideEntry(atThatTime(context, at, executive), { entryId: id, version, approved, note })
  }
}
