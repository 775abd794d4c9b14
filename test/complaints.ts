import { casesApi } from '#modules/cases/api.ts'
import { createUser } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import type { App } from './app.ts'

/** Somebody who works here, may do everything with cases, and can be named. */
export async function colleague(app: App, name: string, roles: readonly string[] = ['agent']): Promise<Actor> {
  const { user } = await app.transaction((context) =>
    createUser(context, { name, email: `${name.toLowerCase()}@example.com`, roles: [...roles] }),
  )
  return { kind: 'person', id: user.id, name, roles: [...roles], can: () => true, reach: () => 'all' }
}

/** What a complaint says where a test does not care. */
export const freight = {
  kind: 'complaint',
  subject: 'Jars broken',
  description: 'Two of ten jars arrived broken',
  channel: 'phone',
  category: 'freight',
  reason: 'damage',
  target: { kind: 'company', name: null, userId: null, departmentId: null },
  demand: { kind: 'exchange', text: null, amountMinor: null },
} as const

const stations = ['recorded', 'judged', 'caused', 'executed', 'reviewed'] as const
export type Station = (typeof stations)[number]

interface Walk {
  readonly app: App
  readonly handler: Actor
  /** Decides what the other proposed. */
  readonly approver: Actor
  readonly departmentId: string
}

/** Walks a complaint on from where it stands; each act at `app.now`. Answers its version. */
export async function walk(
  { app, handler, approver, departmentId }: Walk,
  caseId: string,
  to: Station,
  said: { readonly causeId?: string | null; readonly field?: 'method' | 'people' | null; readonly amountMinor?: number } = {},
): Promise<number> {
  const as = app.as(casesApi, handler)
  let { version } = await as.one({ caseId })
  const on = () => ({ caseId, version })
  const did = async (answer: Promise<{ readonly version: number }>) => {
    version = (await answer).version
  }
  const acts: Readonly<Record<Station, () => Promise<void>>> = {
    recorded: () => did(as.acknowledge({ ...on(), text: 'We look into it', sent: 'hand', answerBy: null })),
    judged: () =>
      did(
        as.judge({
          ...on(),
          admissible: true,
          reasonSufficient: true,
          demandReasonable: true,
          finding: 'founded',
          note: null,
          evidence: [],
        }),
      ),
    async caused() {
      await did(as.route({ ...on(), departmentId, personId: handler.id, note: null, shares: [] }))
      await did(as.accept({ ...on(), note: null }))
      const { causeId = null, field = 'method' } = said
      await did(as.findCause({ ...on(), causeId, text: 'Thin boxes', field, whys: [], occurrence: null, escape: null, evidence: [] }))
      await did(as.settleResponsibility({ ...on(), userId: null, departmentId, nobody: true, delayedBy: null, note: null }))
    },
    async executed() {
      const remedies = [{ kind: 'exchange' as const, text: null, amountMinor: said.amountMinor ?? 4_000 }]
      await did(as.propose({ ...on(), remedies, reason: 'They are right', preventive: null, feasible: null }))
      await did(app.as(casesApi, approver).instruct({ ...on(), decision: 'approved', remedies: null, recovery: null, note: null }))
      await did(as.execute({ ...on(), note: 'Sent anew', fileIds: [], accepted: true }))
    },
    async reviewed() {
      await did(as.tell({ ...on(), text: 'It is on its way', channel: 'phone', escalationRoute: null }))
      await did(as.ask({ ...on(), how: 'phone' }))
      await did(as.considerPenalty({ ...on(), penaltyIds: [], note: 'Nobody was careless' }))
      await did(as.considerLoss({ ...on(), lossMinor: 4_000, recoveredMinor: 0, note: null }))
      await did(as.writeLesson({ ...on(), lesson: 'Thin boxes break', improvement: 'Thicker boxes', outcomes: [], bulletin: null }))
    },
  }
  const { step } = await as.one({ caseId })
  const from = ['record', 'validity', 'department', 'remedy', 'execution'].indexOf(step)
  for (const station of stations.slice(Math.max(0, from), stations.indexOf(to) + 1)) await acts[station]()
  return version
}
