import { casesActions } from '#modules/cases/public.ts'
import { articleActions } from '#modules/knowledge/public.ts'
import type { Context } from '#platform/context.ts'
import { atThatTime } from './at-that-time.ts'
import type { SeedStaff } from './cases/cast.ts'
import { demoPublications, type SeedPublication, seedAdvisers, seedCounter, seedVisitor } from './cases/heard.ts'
import type { SeedCase } from './cases/story.ts'
import type { SeedCustomer } from './company.ts'
import { dayLength, earlier, later } from './hours.ts'
import type { LoadedCast } from './load-cast.ts'

type As = (staff: SeedStaff, at: Date) => Context

/** How customers are heard beside their cases: what they may read of how complaints are dealt with, what was said and done publicly, those who advise the company, a visitor from elsewhere, and the counter in the shop. */
export async function loadHeard(context: Context, cast: LoadedCast, { cases, advisers, now }: Heard): Promise<void> {
  const as: As = (staff, at) => atThatTime(context, at, cast.actor(staff))
  await publishPolicy(as, now)
  for (const one of demoPublications(cases, now)) await publish(as, cast, one)
  const customers = advisers.map(({ id }) => cast.customer(id))
  await meet(as, cast, customers, now)
  await helpVisitor(as, now)
  await openCounter(as, customers, now)
}

export interface Heard {
  readonly cases: readonly SeedCase[]
  /** Companies that advise this one. */
  readonly advisers: readonly SeedCustomer[]
  readonly now: Date
}

/** The shipped draft, read and published a year ago by whoever answers for it. */
async function publishPolicy(as: As, now: Date): Promise<void> {
  const executive = as('executive', later(new Date(now.getTime() - 360 * dayLength), 0))
  const { items } = await articleActions.articles(executive, { kind: 'policy', drafts: true })
  for (const { id: articleId, version } of items) await articleActions.publishArticle(executive, { articleId, version })
}

async function publish(as: As, cast: LoadedCast, { said, done, cases: behind }: SeedPublication): Promise<void> {
  const both = (language: 'en' | 'zh-CN' | 'zh-TW') => ({ said: said[language], done: done[language] })
  const texts = { en: both('en'), 'zh-CN': both('zh-CN'), 'zh-TW': both('zh-TW') }
  const [first, ...others] = behind.map(({ key, at }) => ({ caseIds: [cast.id('case', key)], at }))
  const draft = await casesActions.makePublication(as('loyalty', first!.at), { caseIds: first!.caseIds, texts })
  const { id: publicationId } = draft
  let { version } = await casesActions.movePublication(as('supervisor', first!.at), {
    publicationId,
    version: draft.version,
    state: 'published',
  })
  for (const { caseIds, at } of others)
    version = (await casesActions.changePublication(as('supervisor', at), { publicationId, version, caseIds })).version
}

async function meet(as: As, cast: LoadedCast, customers: readonly string[], now: Date): Promise<void> {
  const { name, purpose, owner, members, foundedDaysAgo, metDaysAgo, meetsInDays, place, agenda, minutes } = seedAdvisers
  const days = (n: number) => later(new Date(now.getTime() + n * dayLength), 0)
  const since = days(-foundedDaysAgo)
  const come = customers.slice(0, members)
  const { id: groupId } = await casesActions.makeAdvisoryGroup(as(owner, since), { name, purpose, ownerId: cast.person(owner) })
  for (const customerId of come) {
    const place = { groupId, customerId, person: null, since: since.toISOString().slice(0, 10), until: null }
    await casesActions.addAdvisoryMember(as(owner, since), place)
  }
  const plan = { groupId, place, link: null, agenda, staffIds: [cast.person(owner), cast.person('loyalty')] }
  for (const [title, startsAt] of [
    ['Autumn tasting', days(-metDaysAgo)],
    ['Before the holidays', days(meetsInDays)],
  ] as const) {
    const { id: meetingId } = await casesActions.makeAdvisoryMeeting(as(owner, days(-metDaysAgo - 14)), { ...plan, title, startsAt })
    for (const customerId of come) await casesActions.addAttendee(as(owner, days(-metDaysAgo)), { meetingId, customerId, person: null })
    if (startsAt > now) continue
    for (const { by, text, suggests } of minutes) {
      const noted = { meetingId, text, customerId: come[by] ?? null }
      const { id: itemId } = await casesActions.addMinutesItem(as(owner, later(startsAt, 90)), noted)
      if (suggests) await casesActions.suggestFromMinutes(as(owner, later(startsAt, 120)), { itemId })
    }
  }
}

async function helpVisitor(as: As, now: Date): Promise<void> {
  const { answer, daysAgo, goods, ...visitor } = seedVisitor
  const came = later(new Date(now.getTime() - daysAgo * dayLength), 30)
  const opened = await casesActions.serveNonCustomer(as('agent', came), {
    ...visitor,
    phone: null,
    language: 'en',
    channel: 'store',
    goods,
  })
  const { id: caseId } = opened
  let { version } = await casesActions.answer(as('agent', later(came, 20)), {
    caseId,
    version: opened.version,
    text: answer,
    channel: 'store',
  })
  for (const [state, minutes] of [
    ['claimed', 300],
    ['paid', 4_000],
  ] as const) {
    const at = later(came, minutes)
    if (at > now) return
    ;({ version } = await casesActions.moveClaim(as('agent', at), { caseId, version, state, receivedMinor: null, note: null }))
  }
}

async function openCounter(as: As, customers: readonly string[], now: Date): Promise<void> {
  const { came, ...point } = seedCounter
  const { id: pointId } = await casesActions.addServicePoint(as('supervisor', earlier(now, 60)), point)
  for (const [n, place] of came.entries()) {
    const customerId = place === null ? undefined : customers[place]
    await casesActions.issueNumber(as('agent', new Date(now.getTime() - (came.length - n) * 4 * 60_000)), {
      pointId,
      ...(customerId === undefined ? {} : { customerId }),
    })
  }
  const called = await casesActions.callNext(as('agent', new Date(now.getTime() - 60_000)), { pointId, counter: '1' })
  if (called.ticket === null) throw new Error('Nobody waits at the counter of the demo')
}
