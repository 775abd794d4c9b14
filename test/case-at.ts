import { casesApi } from '#modules/cases/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody } from './app.ts'

/** The places to which a case is brought here: of a complaint, of a repair, and of an enquiry. */
export type CasePlace =
  | 'record'
  | 'validity'
  | 'department'
  | 'remedy'
  | 'approval'
  | 'execution'
  | 'review'
  | 'appoint'
  | 'repair'
  | 'answer'
type Said = Omit<Parameters<ReturnType<typeof clientOf>['open']>[0], 'customerId' | 'kind'>

const clientOf = (app: App, by: Actor) => app.as(casesApi, by)
const approver: Actor = { ...everybody, id: 'approver' }
const target = { kind: 'company', name: null, userId: null, departmentId: null } as const
const demand = { kind: 'exchange', text: null, amountMinor: null } as const
const kindAt: Partial<Record<CasePlace, 'repair' | 'enquiry'>> = { appoint: 'repair', repair: 'repair', answer: 'enquiry' }

/** Opens a case of a customer and brings it to a step, by somebody who may do everything; what somebody else has to decide, somebody else does. Says where it is. */
export async function caseAt(
  app: App,
  by: Actor,
  customerId: string,
  place: CasePlace,
  said: Said = { subject: 'Broken', description: 'It came broken', channel: 'phone' },
): Promise<{ readonly id: string; readonly version: number; readonly number: string }> {
  const cases = clientOf(app, by)
  const kind = kindAt[place] ?? 'complaint'
  const made = await cases.open({
    ...(kind === 'complaint' ? { target, demand, category: 'freight', reason: 'damage' } : {}),
    ...said,
    customerId,
    kind,
  })
  let now: { id: string; version: number; step: string } = made
  const on = () => ({ caseId: made.id, version: now.version })
  const none = { note: null }
  const acts: (() => Promise<typeof now>)[] = [
    () => cases.acknowledge({ ...on(), text: 'We look into it', sent: 'hand', answerBy: null }),
    ...(kind === 'repair'
      ? [() => cases.appoint({ ...on(), startsAt: app.now, place: null, evenSo: true })]
      : [
          () =>
            cases.judge({
              ...on(),
              ...none,
              admissible: true,
              reasonSufficient: true,
              demandReasonable: true,
              finding: 'founded' as const,
              evidence: [],
            }),
          async () => cases.route({ ...on(), ...none, departmentId: await departmentNamed(app, 'Depot'), personId: null, shares: [] }),
          () => cases.accept({ ...on(), ...none }),
          () =>
            cases.findCause({
              ...on(),
              causeId: null,
              text: 'Thin boxes',
              field: null,
              whys: [],
              occurrence: null,
              escape: null,
              evidence: [],
            }),
          () => cases.settleResponsibility({ ...on(), ...none, userId: null, departmentId: null, nobody: true, delayedBy: null }),
          () =>
            cases.propose({
              ...on(),
              remedies: [{ kind: 'exchange' as const, text: null, amountMinor: 1000 }],
              reason: 'As asked',
              preventive: null,
              feasible: null,
            }),
          () => clientOf(app, approver).instruct({ ...on(), ...none, decision: 'approved' as const, remedies: null, recovery: null }),
          () => cases.execute({ ...on(), note: 'Sent', fileIds: [], accepted: true }),
          () => cases.tell({ ...on(), text: 'It is on its way', channel: 'phone' as const, escalationRoute: null }),
          () => cases.ask({ ...on(), how: 'phone' as const }),
          () => cases.considerPenalty({ ...on(), penaltyIds: [], note: 'Nobody was careless' }),
          () => cases.considerLoss({ ...on(), ...none, lossMinor: 1000, recoveredMinor: 0 }),
        ]),
  ]
  for (const act of acts) {
    if (now.step === place) return { ...made, version: now.version }
    now = await act()
  }
  if (now.step !== place) throw new Error(`A ${kind} does not come to ${place}`)
  return { ...made, version: now.version }
}

/** A department that nobody stands in; one of each name. */
export async function departmentNamed(app: App, name: string): Promise<string> {
  const organization = app.as(organizationApi)
  const { departments } = await organization.departments({})
  const there = departments.find((one) => one.name === name)
  return (there ?? (await organization.createDepartment({ name, parentId: null, headId: null, deputyIds: [], calendarId: null }))).id
}

/** Sends a file to go with a case. */
export async function sendCaseFile(app: App, by: Actor, name: string, content: string): Promise<string> {
  const response = await app.request(`/api/v1/case-files?fileName=${encodeURIComponent(name)}`, { method: 'POST', body: content }, by)
  return ((await response.json()) as { fileId: string }).fileId
}
