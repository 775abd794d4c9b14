import { type casesActions, consumerAssociation, referralId } from '#modules/cases/public.ts'
import { later } from '../hours.ts'
import type { Cast, SeedStaff } from './cast.ts'
import { awaitingDecision } from './plan.ts'
import type { SeedCase } from './story.ts'

type OnCase =
  | 'propose'
  | 'giveTask'
  | 'promise'
  | 'merge'
  | 'convert'
  | 'proposePenalties'
  | 'writeLesson'
  | 'checkEffectiveness'
  | 'checkQuality'
  | 'planImprovement'
  | 'moveImprovement'
  | 'appeal'
  | 'decideAppeal'
  | 'refer'
  | 'sendReferral'
  | 'decideReferral'
/** `version`: of what is written, where it is not the case. */
type Said<K extends OnCase> = Omit<Parameters<(typeof casesActions)[K]>[1], 'caseId' | 'version'> & { readonly version?: number }

/** Something that one of the demo's people does to a case by the product itself, because more comes of it than an entry in its log. */
export type SeedDeed = {
  readonly [K in OnCase]: { readonly key: string; readonly at: Date; readonly by: SeedStaff; readonly does: K; readonly said: Said<K> }
}[OnCase]

/** What is done to the cases of the demo in the end, in the order of time. */
export function demoDeeds(cases: readonly SeedCase[], cast: Cast, now: Date): readonly SeedDeed[] {
  const byKey = new Map(cases.map((one) => [one.key, one]))
  const deeds = [
    ...[...awaitingDecision.map(([matter]) => `decide ${matter}`), 'open claim 3 120'].flatMap((key) => proposed(byKey.get(key), now)),
    ...cases.filter(({ key }) => key.startsWith('penalty')).flatMap((one) => answeredFor(one, cast)),
    ...cases.filter(({ key }) => key.includes(' execution ')).map((one) => task(one, now)),
    ...promises(cases, now),
    ...cases.flatMap((one, n) => improved(one, n, cast)),
    ...joined(byKey, cast, now),
    ...contested(cases, cast, now),
    ...cases.filter((one) => isJudged(one)).map((one, n) => judged(one, n, cast)),
  ]
  return deeds.filter(({ at }) => at < now).toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

const lastOf = ({ acts, openedAt }: SeedCase): Date => acts.at(-1)?.at ?? openedAt
const minutesBefore = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * 60_000)
const dayOf = (at: Date, days: number): string => new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10)

/** What the department proposes; somebody is asked to decide on it. */
function proposed(one: SeedCase | undefined, now: Date): readonly SeedDeed[] {
  if (!one?.next || one.next.by === 'customer' || one.next.event.kind !== 'proposed') return []
  const at = later(lastOf(one), 15) < now ? later(lastOf(one), 15) : minutesBefore(now, 5)
  const { remedies, ...said } = one.next.event.data
  return [{ key: one.key, at, by: one.next.by, does: 'propose', said: { ...said, remedies: [...remedies] } }]
}

const pay = { performancePayMinor: 180_000, bonusMinor: 90_000, lateMinutes: 0 }

/** Where somebody of ours brought it about, penalties are proposed by the table, and the case goes to its end. */
function answeredFor(one: SeedCase, cast: Cast): readonly SeedDeed[] {
  const at = later(lastOf(one), 60)
  const people = [
    { userId: cast.person('agent'), role: 'direct' as const, ...pay },
    { userId: cast.person('supervisor'), role: 'head' as const, ...pay, bonusMinor: 140_000 },
  ]
  const lesson = {
    lesson: 'Whoever ends the day tired ends the talk badly',
    improvement: 'A second person takes calls after holidays',
    outcomes: ['reputation' as const],
    bulletin: null,
  }
  const { key } = one
  return [
    {
      key,
      at,
      by: 'loyalty',
      does: 'proposePenalties',
      said: { people, reason: 'The customer cancelled a standing order after this call' },
    },
    { key, at: later(at, 240), by: 'loyalty', does: 'writeLesson', said: lesson },
    {
      key,
      at: later(new Date(at.getTime() + 31 * 86_400_000), 60),
      by: 'loyalty',
      does: 'checkEffectiveness',
      said: { days: 30, verdict: 'effective', before: 2, after: 0, note: null },
    },
  ]
}

const task = (one: SeedCase, now: Date): SeedDeed => ({
  key: one.key,
  at: minutesBefore(now, 25),
  by: one.owner ?? 'agent',
  does: 'giveTask',
  said: { title: 'Hand the new parcel to the carrier yourself', ownerId: one.acts.at(-1)?.by ?? '', dueDay: dayOf(now, 1) },
})

/** What lessons ask for is somebody's until a day, and was done where the check found the cause gone; of the newest some are nobody's yet. */
function improved({ key, acts }: SeedCase, n: number, cast: Cast): readonly SeedDeed[] {
  const written = acts.find(({ event }) => event.kind === 'lesson-written')
  const verdicts = acts.flatMap(({ event }) => (event.kind === 'effectiveness-checked' ? [event.data.verdict] : []))
  if (!written || verdicts.includes('not-effective') || (verdicts.length === 0 && n % 4 === 0)) return []
  const at = later(written.at, 45)
  const done = later(new Date(at.getTime() + (8 + (n % 9)) * 86_400_000), 30)
  const plan = { ownerId: cast.person(n % 3 === 0 ? 'supervisor' : 'department'), dueDay: dayOf(at, 14), version: 1 }
  return [
    { key, at, by: 'supervisor', does: 'planImprovement', said: plan },
    ...(verdicts.length > 0
      ? [{ key, at: done, by: 'supervisor' as const, does: 'moveImprovement' as const, said: { state: 'done' as const, version: 2 } }]
      : []),
  ]
}

/** Three of those that are looked into were promised a call. */
function promises(cases: readonly SeedCase[], now: Date): readonly SeedDeed[] {
  const waiting = cases.filter(({ key }) => key.startsWith('open ') && key.includes(' cause ')).slice(0, 3)
  return waiting.map((one, n) => ({
    key: one.key,
    at: minutesBefore(now, 18 - n),
    by: one.owner ?? 'agent',
    does: 'promise',
    said: { text: 'Call with what we found', day: dayOf(now, n) },
  }))
}

/** Two complaints are one, and an enquiry is a complaint. */
function joined(byKey: ReadonlyMap<string, SeedCase>, cast: Cast, now: Date): readonly SeedDeed[] {
  const both = byKey.has('merge') && byKey.has('merged into')
  const enquiry = byKey.get('open enquiry 1 130')
  const merge = { intoCaseId: cast.id('case', 'merged into'), reason: 'The same parcel, written twice' }
  const record = {
    category: 'service',
    reason: 'quality',
    target: { kind: 'company' as const, name: null, userId: null, departmentId: null },
    demand: { kind: 'explanation' as const, text: null, amountMinor: null },
  }
  return [
    ...(both ? [{ key: 'merge', at: minutesBefore(now, 12), by: 'agent' as const, does: 'merge' as const, said: merge }] : []),
    ...(enquiry
      ? [
          {
            key: enquiry.key,
            at: minutesBefore(now, 9),
            by: 'agent' as const,
            does: 'convert' as const,
            said: { kind: 'complaint' as const, record },
          },
        ]
      : []),
  ]
}

const daysAfter = (at: Date, days: number): Date => later(new Date(at.getTime() + days * 86_400_000), 30)

/** Of those who were turned down the latest has appealed, and somebody else saw it otherwise; an earlier one went to the consumer association, which saw it partly so. */
function contested(cases: readonly SeedCase[], cast: Cast, now: Date): readonly SeedDeed[] {
  const turnedDown = cases
    .filter(({ acts, kind }) => kind === 'complaint' && acts.at(-1)?.event.kind === 'replied')
    .toSorted((a, b) => lastOf(b).getTime() - lastOf(a).getTime())
  const before = (days: number, but?: SeedCase) =>
    turnedDown.find((one) => one !== but && lastOf(one).getTime() < now.getTime() - days * 86_400_000)
  const appeals = before(4)
  const goes = before(60, appeals)
  return [...(appeals ? appealed(appeals, now) : []), ...(goes ? takenOutside(goes, cast) : [])]
}

function appealed(one: SeedCase, now: Date): readonly SeedDeed[] {
  const { key } = one
  const decision = {
    outcome: 'upheld' as const,
    text: 'The photographs show it: you were right, and we look at it anew',
    escalationRoute: null,
  }
  return [
    {
      ...{ key, at: daysAfter(lastOf(one), 2), by: 'agent', does: 'appeal' },
      said: { reason: 'I have photographs of how it came', channel: 'phone' },
    },
    { key, at: minutesBefore(now, 90), by: 'executive', does: 'decideAppeal', said: { ...decision, channel: 'phone' } },
  ]
}

function takenOutside(one: SeedCase, cast: Cast): readonly SeedDeed[] {
  const { key } = one
  const [came, sent, decided] = [daysAfter(lastOf(one), 9), daysAfter(lastOf(one), 14), daysAfter(lastOf(one), 38)]
  const id = referralId(cast.id('case', key), 0)
  const outcome = {
    outcome: 'partly' as const,
    binding: false,
    decidedOn: dayOf(decided, 0),
    redressMinor: 2_000,
    redressBy: dayOf(decided, 14),
  }
  return [
    {
      ...{ key, at: came, by: 'supervisor', does: 'refer' },
      said: { bodyId: consumerAssociation, reference: 'CA-118', receivedOn: dayOf(came, 0), dueOn: dayOf(came, 14), note: null },
    },
    {
      ...{ key, at: sent, by: 'supervisor', does: 'sendReferral' },
      said: { referralId: id, text: 'Our file: the scan, the label, and what we wrote', fileIds: [] },
    },
    {
      ...{ key, at: decided, by: 'supervisor', does: 'decideReferral' },
      said: { referralId: id, ...outcome, note: 'Half of the freight is given back as goodwill' },
    },
  ]
}

const endings: readonly string[] = ['answered', 'effectiveness-checked']
/** Every fifth of what was served to its end by one of the agents is looked at. */
const isJudged = ({ acts, key, owner, kind }: SeedCase): boolean =>
  owner !== null &&
  owner !== 'manager' &&
  ['complaint', 'enquiry'].includes(kind) &&
  endings.includes(acts.at(-1)?.event.kind ?? '') &&
  [...key].reduce((sum, sign) => sum + sign.charCodeAt(0), 0) % 5 === 0

function judged(one: SeedCase, n: number, cast: Cast): SeedDeed {
  const slow = n % 6 === 2
  const argued = n % 17 === 9
  const rights = {
    time: slow ? 'not-met' : 'met',
    place: 'met',
    price: n % 3 === 0 ? 'not-applicable' : 'met',
    way: 'met',
    customer: 'met',
    product: n % 9 === 4 ? 'not-met' : 'met',
    want: 'met',
  } as const
  const courtesy = {
    respect: argued ? 2 : 5,
    'solved-before-blame': 3 + (n % 3),
    'customer-at-centre': 4 + (n % 2),
    'quick-response': slow ? 2 : 4,
    'lasting-quality': 4,
  }
  const note = argued ? 'Said that it was the customer’s own fault' : slow ? 'Friendly, but the customer waited too long' : null
  return {
    key: one.key,
    at: later(lastOf(one), 600),
    by: 'supervisor',
    does: 'checkQuality',
    said: { agentId: cast.person(one.owner ?? 'agent'), rights, courtesy, argued, note },
  }
}
