import { unknownRoles } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { setupEndpoints } from '../api/setup.ts'
import { type Cause, causePlaceProblem, inCauseTree, withShipped } from '../domain/causes.ts'
import type { Route } from '../domain/routing.ts'
import { staffRulesProblems } from '../domain/rules.ts'
import { isReasonOf } from '../domain/taxonomy.ts'
import { setupChanged } from '../facts.ts'
import { addAuthority, addStaffRules, authorityTable, type StaffRulesTable, staffRulesTables } from '../store/rules.ts'
import {
  allOffers,
  allRoutes,
  deleteRoute,
  insertOffer,
  insertRoute,
  storedCauses,
  updateOffer,
  updateRoute,
  writeCause,
} from '../store/setup.ts'
import { mustBeDepartment, mustWorkHere, wrong } from './named.ts'

const writer = ({ now, actor }: Context) => ({ now, by: actor.id })
const missing = () => refuse('missing', 'not-there', 'There is no such line')

export const setupActions: Actions<typeof setupEndpoints> = {
  routes: async ({ db }) => ({ routes: await allRoutes(db) }),

  async addRoute(context, said) {
    await mustBeRoute(context, said)
    const route = { id: context.newId(), ...said }
    if (!(await insertRoute(context.db, route, writer(context)))) throw taken()
    await context.publish(setupChanged, { what: 'route', id: route.id, version: 1 })
    return { ...route, version: 1 }
  },

  async changeRoute(context, { routeId: id, version, ...said }) {
    await mustBeRoute(context, said)
    const routes = await allRoutes(context.db)
    if (!routes.some((route) => route.id === id)) throw missing()
    if (routes.some((route) => route.id !== id && sameMatter(route, said))) throw taken()
    if (!(await updateRoute(context.db, { id, version, ...said }, writer(context)))) throw changedMeanwhile('this line')
    await context.publish(setupChanged, { what: 'route', id, version: version + 1 })
    return { id, ...said, version: version + 1 }
  },

  async removeRoute(context, { routeId: id, version }) {
    if (!(await allRoutes(context.db)).some((route) => route.id === id)) throw missing()
    if (!(await deleteRoute(context.db, id, version))) throw changedMeanwhile('this line')
    await context.publish(setupChanged, { what: 'route', id, version })
    return {}
  },

  causes: async ({ db }) => ({ causes: inCauseTree(withShipped(await storedCauses(db))).map(causeView) }),

  async addCause(context, said) {
    const cause: Cause = { id: context.newId(), ...said, retired: false, version: 0 }
    return saveCause(context, cause)
  },

  async changeCause(context, { causeId: id, version, ...said }) {
    if (!withShipped(await storedCauses(context.db)).some((cause) => cause.id === id)) throw missing()
    return saveCause(context, { id, version, ...said })
  },

  offers: async ({ db }) => ({ offers: (await allOffers(db)).map((offer) => ({ ...offer, names: { ...offer.names } })) }),

  async addOffer(context, said) {
    mustBeOffer(said)
    const offer = { id: context.newId(), ...said, version: 1 }
    await insertOffer(context.db, offer, writer(context))
    await context.publish(setupChanged, { what: 'remedy', id: offer.id, version: 1 })
    return offer
  },

  async changeOffer(context, { offerId: id, version, ...said }) {
    mustBeOffer(said)
    if (!(await allOffers(context.db)).some((offer) => offer.id === id)) throw missing()
    if (!(await updateOffer(context.db, { id, version, ...said }, writer(context)))) throw changedMeanwhile('this remedy')
    await context.publish(setupChanged, { what: 'remedy', id, version: version + 1 })
    return { id, ...said, version: version + 1 }
  },

  authority: async ({ db }) => authorityView(await authorityTable(db)),

  async changeAuthority(context, { version, lines }) {
    const unknown = await unknownRoles(context.db, [...new Set(lines.map(({ role }) => role))])
    if (unknown.length > 0) throw wrong('lines', 'no-such-role', `There is no role ${unknown[0]}`)
    await publish((await authorityTable(context.db)).version, version, (next) => addAuthority(context.db, next, lines, writer(context)))
    await context.publish(setupChanged, { what: 'authority', id: null, version: version + 1 })
    return authorityView(await authorityTable(context.db))
  },

  staffRules: async ({ db }) => ({ versions: (await staffRulesTables(db, mostVersions)).map(rulesView) }),

  async changeStaffRules(context, { version, ...said }) {
    const rules = { ...said, version: version + 1 }
    const problem = staffRulesProblems(rules)[0]
    if (problem) throw wrong(problem.list === 'most' ? 'mostBasisPoints' : problem.list, problem.problem, sentences[problem.problem])
    const [newest] = await staffRulesTables(context.db, 1)
    await publish(newest!.version, version, () => addStaffRules(context.db, rules, writer(context)))
    await context.publish(setupChanged, { what: 'staff-rules', id: null, version: version + 1 })
    return rulesView((await staffRulesTables(context.db, 1))[0]!)
  },
}
const mostVersions = 50

const sentences = {
  'not-ascending': 'Each band begins above the one before',
  'not-whole': 'This has to be a whole number',
  'rate-out-of-range': 'A rate lies between 0 and 100 %',
} as const

const sameMatter = (a: Omit<Route, 'id'>, b: Omit<Route, 'id'>) =>
  a.category === b.category && a.reason === b.reason && a.productCategory === b.productCategory
const taken = () =>
  refuse('conflict', 'route-taken', 'There is a line for this already', {
    fields: [{ field: 'category', reason: 'route-taken', detail: 'There is a line for this already' }],
  })

async function mustBeRoute(context: Context, { category, reason, departmentId, personId, deputyId }: Omit<Route, 'id'>): Promise<void> {
  if (!isReasonOf(category, reason)) throw wrong('reason', 'no-such-reason', 'The category has no such reason')
  await mustBeDepartment(context, 'departmentId', departmentId)
  await mustWorkHere(context, 'personId', personId)
  await mustWorkHere(context, 'deputyId', deputyId)
  if (deputyId !== null && (personId === null || personId === deputyId))
    throw wrong('deputyId', 'deputy-of-somebody', 'A deputy stands in for somebody else')
}

function mustBeOffer({ defaultMinor, mostMinor }: { readonly defaultMinor: number; readonly mostMinor: number | null }): void {
  if (mostMinor !== null && mostMinor < defaultMinor)
    throw wrong('mostMinor', 'below-usual', 'The limit cannot be below what it usually costs')
}

async function saveCause(context: Context, cause: Cause) {
  const before = withShipped(await storedCauses(context.db))
  const problem = causePlaceProblem(before, cause.id, cause.parentId)
  if (problem) throw wrong('parentId', problem, placeSentences[problem])
  if (!(await writeCause(context.db, cause, writer(context)))) throw changedMeanwhile('this cause')
  const version = cause.version === 0 ? 1 : cause.version + 1
  await context.publish(setupChanged, { what: 'cause', id: cause.id, version })
  return causeView(inCauseTree(withShipped(await storedCauses(context.db))).find((placed) => placed.cause.id === cause.id)!)
}
const placeSentences = {
  'no-such-cause': 'There is no such cause',
  'below-itself': 'A cause cannot stand below itself',
  'too-deep': 'The tree goes no deeper',
} as const

const causeView = ({ cause, depth }: { readonly cause: Cause; readonly depth: number }) => ({ ...cause, names: { ...cause.names }, depth })

const authorityView = ({ lines, ...table }: Awaited<ReturnType<typeof authorityTable>>) => ({
  ...table,
  lines: lines.map(({ tiers, ...line }) => ({ ...line, tiers: tiers && [...tiers] })),
})

const rulesView = ({ rules: { version: _, losses, delays, points, ...rules }, ...table }: StaffRulesTable) => ({
  ...table,
  ...rules,
  losses: losses.map((band) => ({ ...band })),
  delays: delays.map((band) => ({ ...band })),
  points: { ...points },
})

/** Writes the next version behind the newest, where the writer saw that one. */
async function publish(newest: number, seen: number, write: (next: number) => Promise<boolean>): Promise<void> {
  if (seen !== newest || !(await write(seen + 1))) throw changedMeanwhile('this table')
}
