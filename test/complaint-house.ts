import { casesApi } from '#modules/cases/api.ts'
import { commitmentsOfOrigin } from '#modules/commitments/public.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import type { Actor } from '#platform/context.ts'
import { everybody } from './app.ts'
import { colleague, freight, walk } from './complaints.ts'
import { startTeaCompany } from './tea-company.ts'

const handles = ['cases.read', 'cases.write', 'cases.recognize', 'commitments.read', 'commitments.write', 'organization.read']
const rights: Readonly<Record<string, readonly string[]>> = {
  supervisor: [...handles, 'cases.approve', 'cases.manage', 'cases.penalties'],
  executive: [...handles, 'cases.approve', 'cases.penalties'],
  'human-resources': ['cases.recognize', 'cases.penalties', 'organization.read'],
}

/** Where a case stands after an act. */
export type Acted = { readonly id: string; readonly version: number; readonly step: string; readonly state: string }
export const on = ({ id, version }: Acted) => ({ caseId: id, version })

export const cause = { causeId: null, text: 'Thin boxes', field: null, whys: [], occurrence: null, escape: null, evidence: [] }
export const remedy = (amountMinor: number) => ({
  remedies: [{ kind: 'compensation' as const, text: null, amountMinor }],
  reason: 'It is owed',
  preventive: null,
  feasible: null,
})
export const yes = { decision: 'approved' as const, remedies: null, recovery: null, note: null }

export const unfounded = {
  ...{ admissible: true, reasonSufficient: false, demandReasonable: false, finding: 'unfounded' as const },
  ...{ note: 'The boxes were whole', evidence: [] },
}

interface More {
  readonly reason?: string
  readonly category?: string
  readonly target?: { kind: 'company' | 'person'; name: null; userId: string | null; departmentId: null }
}
interface Blame {
  readonly userId?: string | null
  readonly delayedBy?: string | null
}

export type ComplaintHouse = Awaited<ReturnType<typeof startComplaintHouse>>
/** A house in which complaints find whoever answers for them: people with the rights of their work, three departments, and a table of routes to two of them. */
export async function startComplaintHouse() {
  const app = await startTeaCompany()
  const hire = async (name: string, role: string): Promise<Actor> => ({
    ...(await colleague(app, name, [role])),
    can: (right) => (rights[role] ?? handles).includes(right),
  })
  const people = {
    /** Handles. */
    ada: await hire('Ada', 'agent'),
    /** Works in transport. */
    ben: await hire('Ben', 'department'),
    /** Leads. */
    cid: await hire('Cid', 'supervisor'),
    /** Is above. */
    eve: await hire('Eve', 'executive'),
    /** Works in quality. */
    dan: await hire('Dan', 'department'),
    /** Stands in for Ben. */
    fay: await hire('Fay', 'department'),
    /** Decides on penalties and recognition. */
    hana: await hire('Hana', 'human-resources'),
  }
  const { ada, ben, cid, dan, fay } = people
  const as = (actor: Actor) => app.as(casesApi, actor)
  const customer = async (name: string) => (await app.as(customersApi, everybody).create({ values: { name } })).id

  const organization = app.as(organizationApi, everybody)
  const department = async (name: string, headId: string, deputyIds: string[] = []) =>
    (await organization.createDepartment({ name, parentId: null, headId, deputyIds, calendarId: null })).id
  const transport = await department('Storage and transport', ben.id, [fay.id])
  const quality = await department('Quality', dan.id)
  const sales = await department('Sales', ada.id)
  const route = { reason: null, productCategory: null, deputyId: null }
  await as(cid).addRoute({ ...route, category: 'freight', departmentId: transport, personId: ben.id, deputyId: fay.id })
  await as(cid).addRoute({ ...route, category: 'product-quality', departmentId: quality, personId: null })

  let customers = 0
  /** A new customer's complaint that stands where its department is chosen. */
  const judged = async (more: More = {}): Promise<Acted> => {
    const made = await as(ada).open({ ...freight, ...more, customerId: await customer(`Customer ${++customers}`) })
    await walk({ app, handler: ada, approver: cid, departmentId: transport }, made.id, 'judged')
    return as(ada).one({ caseId: made.id })
  }
  /** The same with a remedy proposed by Ben, or by Fay where it is Ben's fault. */
  const proposed = async (amountMinor: number, { userId = null, delayedBy = null }: Blame = {}): Promise<Acted> => {
    let at: Acted = await judged()
    at = await as(ben).accept({ ...on(at), note: null })
    at = await as(ben).findCause({ ...on(at), ...cause })
    at = await as(ben).settleResponsibility({ ...on(at), userId, departmentId: transport, nobody: userId === null, delayedBy, note: null })
    return as(userId === ben.id ? fay : ben).propose({ ...on(at), ...remedy(amountMinor) })
  }
  /** The same with the remedy approved by Eve. */
  const approved = async (amountMinor = 1_000, blame: Blame = {}) =>
    as(people.eve).instruct({ ...on(await proposed(amountMinor, blame)), ...yes })

  /** A complaint that Ada found to be unfounded, Cid read again, and the customer was told of. */
  const rejected = async (escalationRoute: string | null = null): Promise<Acted & { readonly customerId: string }> => {
    const customerId = await customer(`Appellant ${++customers}`)
    const made = await as(ada).open({ ...freight, customerId })
    let at: Acted = await as(ada).acknowledge({ ...on(made as never), text: 'We look', sent: 'hand', answerBy: null })
    at = await as(ada).judge({ ...on(at), ...unfounded })
    at = await as(cid).readAgain({ ...on(at), agrees: true, note: null })
    at = await as(ada).reply({ ...on(at), text: 'We found nothing', channel: 'phone', escalationRoute })
    return { ...at, customerId }
  }

  return {
    app,
    ...people,
    transport,
    quality,
    sales,
    as,
    customer,
    judged,
    proposed,
    approved,
    rejected,
    /** What somebody was told about cases. */
    news: async (actor: Actor, kind: string) =>
      (await app.as(organizationApi, actor).notifications({})).items.filter((one) => one.kind === `cases.${kind}`),
    /** What a case put into somebody's day. */
    owedBy: (caseId: string, what: string, customerId: string) =>
      app.transaction(({ db }) => commitmentsOfOrigin(db, customerId, { module: 'cases', id: `${caseId}:${what}` })),
    /** Whose complaint a case is. */
    ofCase: async (id: string) => (await as(ada).one({ caseId: id })).customer!.id,
  }
}
