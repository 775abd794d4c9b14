import { z } from 'zod'
import { endpoint, instant, money, nothing } from '#platform/contract.ts'
import { penaltyBases } from '../domain/figures/penalty.ts'
import { categories, causeKinds, complaintReasons, recognitionActs, remedyKinds } from '../domain/taxonomy.ts'
import { id, person, version } from './said.ts'

const read = { permission: 'cases.read', about: 'nobody' } as const
const manage = { permission: 'cases.manage', about: 'nobody' } as const
const stamp = z.int().min(0)
const cost = money.min(0).max(1_000_000_000_000)
/** By language, at least in one. */
const names = z
  .object({ en: z.string().trim().max(120), 'zh-CN': z.string().trim().max(120), 'zh-TW': z.string().trim().max(120) })
  .refine((said) => Object.values(said).some((name) => name !== ''), 'must be named in one language at least')
const shownNames = z.record(z.string(), z.string())

const allReasons = [...new Set(Object.values(complaintReasons).flat())] as [string, ...string[]]
const route = {
  category: z.enum(categories as [string, ...string[]]),
  reason: z.enum(allReasons).nullable(),
  productCategory: z.string().trim().min(1).max(200).nullable(),
  departmentId: id,
  personId: person.nullable(),
  deputyId: person.nullable(),
}
const Route = z.object({ id, ...route, category: z.string(), reason: z.string().nullable(), version: z.int() })

const cause = { parentId: id.nullable(), kind: z.enum(causeKinds), names, retired: z.boolean() }
const Cause = z.object({ id, ...cause, names: shownNames, depth: z.int(), version: stamp })

const offer = {
  kind: z.enum(remedyKinds),
  names,
  defaultMinor: cost,
  mostMinor: cost.nullable(),
  needsApproval: z.boolean(),
  retired: z.boolean(),
}
const Offer = z.object({ id, ...offer, names: shownNames, version: z.int() })

const limit = z.object({
  role: z.string().min(1).max(60),
  mostMinor: cost.nullable(),
  tiers: z
    .array(z.enum(['lead', 'iron', 'gold', 'platinum']))
    .min(1)
    .max(4)
    .nullable(),
  gravest: z.literal([1, 2, 3, 4]),
})
const made = { madeAt: instant.nullable(), madeBy: z.string().nullable() }
const Authority = z.object({ version: stamp, ...made, lines: z.array(limit) })

const rate = z.object({ basisPoints: z.int().min(0).max(10_000), of: z.enum(penaltyBases) })
const rules = {
  losses: z.array(z.object({ fromMinor: cost, direct: rate, head: rate })).max(20),
  delays: z.array(z.object({ fromMinutes: z.int().min(0).max(1_000_000), rate })).max(20),
  mostBasisPoints: z.int().min(0).max(10_000).nullable(),
  points: z.record(z.enum(recognitionActs), z.int().min(0).max(1_000)),
}
const StaffRules = z.object({ version: stamp, ...made, ...rules })

/** Who answers for what, what brings complaints about, what is offered, who approves, and by what staff are penalized and recognized. */
export const setupEndpoints = {
  routes: endpoint('GET /case-routes', {
    ...read,
    summary: 'Which department and person answers for what complaints are about',
    input: nothing,
    result: z.object({ routes: z.array(Route) }),
  }),
  addRoute: endpoint('POST /case-routes', {
    ...manage,
    summary: 'Adds a line to the table of routes; a second one for just the same is refused',
    input: z.object(route),
    result: Route,
  }),
  changeRoute: endpoint('PUT /case-routes/:routeId', {
    ...manage,
    summary: 'Writes a line of the table of routes anew',
    input: z.object({ routeId: id, version, ...route }),
    result: Route,
  }),
  removeRoute: endpoint('DELETE /case-routes/:routeId', {
    ...manage,
    summary: 'Takes a line out of the table of routes; cases that were routed by it stay where they are',
    input: z.object({ routeId: id, version }),
    result: nothing,
  }),
  causes: endpoint('GET /case-causes', {
    ...read,
    summary: 'The tree of causes, each behind the one above it, retired ones included',
    input: nothing,
    result: z.object({ causes: z.array(Cause) }),
  }),
  addCause: endpoint('POST /case-causes', {
    ...manage,
    summary: 'Adds a cause below another, or at the top',
    input: z.object({ parentId: cause.parentId, kind: cause.kind, names }),
    result: Cause,
  }),
  changeCause: endpoint('PUT /case-causes/:causeId', {
    ...manage,
    summary: 'Renames, moves or retires a cause; of one that the product ships the version is 0 until it is changed',
    input: z.object({ causeId: id, version: stamp, ...cause }),
    result: Cause,
  }),
  offers: endpoint('GET /case-remedies', {
    ...read,
    summary: 'What the company offers when something went wrong, with costs and limits',
    input: nothing,
    result: z.object({ offers: z.array(Offer) }),
  }),
  addOffer: endpoint('POST /case-remedies', {
    ...manage,
    summary: 'Adds a remedy to the catalogue',
    input: z.object(offer),
    result: Offer,
  }),
  changeOffer: endpoint('PUT /case-remedies/:offerId', {
    ...manage,
    summary: 'Writes a remedy of the catalogue anew, or retires it',
    input: z.object({ offerId: id, version, ...offer }),
    result: Offer,
  }),
  authority: endpoint('GET /case-authority', {
    ...read,
    summary: 'Who may approve remedies up to which amount, for which tiers and how grave cases',
    input: nothing,
    result: Authority,
  }),
  changeAuthority: endpoint('PUT /case-authority', {
    ...manage,
    summary: 'Publishes the next version of the table of limits; `version` is the one that the writer saw',
    input: z.object({ version: stamp, lines: z.array(limit).min(1).max(60) }),
    result: Authority,
  }),
  staffRules: endpoint('GET /staff-rules', {
    permission: 'cases.recognize',
    about: 'nobody',
    summary: 'By which bands penalties are proposed and how many points recognition is worth; every version, the newest first',
    input: nothing,
    result: z.object({ versions: z.array(StaffRules) }),
  }),
  changeStaffRules: endpoint('PUT /staff-rules', {
    ...manage,
    summary: 'Publishes the next version of the table; what was proposed by an earlier one stays as it was',
    input: z.object({ version: stamp, ...rules }),
    result: StaffRules,
  }),
}
