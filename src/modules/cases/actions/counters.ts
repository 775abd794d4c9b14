import { figuresOf, holdCustomers } from '#modules/customers/public.ts'
import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { livePart } from '#platform/pages/live.ts'
import { visitOf } from '#platform/pages/visit.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { randomToken } from '#platform/sign-in/credentials.ts'
import { tellStream } from '#platform/stream.ts'
import { counterEndpoints } from '../api/counters.ts'
import { averageWaitMinutes, placeInLine, ticketLabel } from '../domain/counter.ts'
import { counterPage } from '../pages/counter.ts'
import { counterSetting } from '../settings.ts'
import { caseById } from '../store/cases.ts'
import {
  allPoints,
  customersOfTickets,
  type DayAtPoint,
  dayAtPoints,
  firstInLine,
  holdPoint,
  insertPoint,
  insertTicket,
  pointById,
  pointOfDisplay,
  type ServicePoint,
  type Ticket,
  ticketById,
  ticketsOf,
  updatePoint,
  updateTicket,
  writeTicketCustomer,
} from '../store/counters.ts'
import { today } from './people.ts'
import { shownCustomers } from './reach.ts'

/** So many who wait are shown; a waiting room holds fewer. */
const mostShown = 200
/** A display shows the last numbers that were called. */
const mostDisplayed = 8

const topicOf = (pointId: string): string => `cases.counter/${pointId}`
const tell = (context: Context, pointId: string) => tellStream(context, [{ topic: topicOf(pointId), kind: 'changed' }])

export const counterActions: Actions<typeof counterEndpoints> = {
  async servicePoints(context) {
    const points = await allPoints(context.db)
    const ids = points.map(({ id }) => id)
    const days = await dayAtPoints(context.db, ids, await today(context))
    return { points: points.map((point) => pointView(point, days.get(point.id))) }
  },

  async addServicePoint(context, { name, prefix }) {
    const id = context.newId()
    await insertPoint(context.db, { id, name, prefix, display: randomToken() }, { now: context.now, by: context.actor.id })
    return { id, version: 1 }
  },

  async changeServicePoint(context, { pointId, version, newDisplay = false, name, prefix, active }) {
    const before = await existing(context, pointId)
    const point = {
      ...before,
      version,
      name: name ?? before.name,
      prefix: prefix ?? before.prefix,
      active: active ?? before.active,
      display: newDisplay ? randomToken() : before.display,
    }
    if (!(await updatePoint(context.db, point))) throw changedMeanwhile('this counter')
    await tell(context, pointId)
    return { id: pointId, version: version + 1 }
  },

  async counterBoard(context, { pointId }) {
    const point = await existing(context, pointId)
    const day = await today(context)
    const called = await ticketsOf(context.db, pointId, day, 'called', mostShown)
    const waiting = await ticketsOf(context.db, pointId, day, 'waiting', mostShown + 1)
    const shown = await ticketViews(context, point, [...called, ...waiting.slice(0, mostShown)])
    return {
      point: pointView(point, (await dayAtPoints(context.db, [pointId], day)).get(pointId)),
      called: shown.slice(0, called.length),
      waiting: shown.slice(called.length),
      more: waiting.length > mostShown,
    }
  },

  async issueNumber(context, { pointId, customerId }) {
    const { db, now, actor, newId } = context
    if (customerId !== undefined) await holdOne(context, customerId)
    const point = await holdPoint(db, pointId)
    if (!point) throw noSuchPoint()
    if (!point.active) throw refuse('conflict', 'counter-closed', 'This counter is closed')
    const { tier, valuedOn } = customerId === undefined ? { tier: null, valuedOn: null } : await figuresOf(db, customerId)
    const known = valuedOn === null ? null : tier
    const { tierHeadStart } = await readSetting(db, counterSetting)
    const id = newId()
    const rankAt = placeInLine({ issuedAt: now, tier: known }, tierHeadStart)
    await insertTicket(db, { id, pointId, day: await today(context), tier: known, rankAt, issuedAt: now, by: actor.id })
    if (customerId !== undefined) await writeTicketCustomer(db, id, customerId)
    await tell(context, pointId)
    return ticketView(context, point, id)
  },

  async callNext(context, { pointId, counter }) {
    const { db, now, actor } = context
    const point = await existing(context, pointId)
    const day = await today(context)
    const open = (await ticketsOf(db, pointId, day, 'called', mostShown)).find(({ calledBy }) => calledBy === actor.id)
    if (open) {
      const label = ticketLabel(point.prefix, open.number)
      throw refuse('conflict', 'still-called', `Say first what became of ${label}, whom you have called`, { values: { label } })
    }
    const first = await firstInLine(db, pointId, day)
    if (!first) return { ticket: null }
    await updateTicket(db, first, { state: 'called', calledAt: now, calledBy: actor.id, counter })
    await tell(context, pointId)
    return { ticket: await ticketView(context, point, first.id) }
  },

  async settleNumber(context, { ticketId, version, outcome, customerId, caseId }) {
    const { db, now } = context
    const ticket = await ticketById(db, ticketId)
    if (!ticket) throw refuse('missing', 'no-such-number', 'There is no such number')
    if (ticket.version !== version) throw changedMeanwhile('this number')
    if (ticket.state !== 'called') throw refuse('conflict', 'not-called', 'Only a number that is called can be served or be missing')
    const ofCase = caseId === undefined ? null : await caseById(db, caseId)
    if (ofCase && customerId !== undefined && ofCase.customerId !== customerId)
      throw refuse('invalid', 'no-such-case', 'This customer has no such case', {
        fields: [{ field: 'caseId', reason: 'no-such-case', detail: 'This customer has no such case' }],
      })
    const whose = customerId ?? ofCase?.customerId
    if (whose !== undefined) {
      await holdOne(context, whose)
      await writeTicketCustomer(db, ticketId, whose)
    }
    if (!(await updateTicket(db, ticket, { state: outcome, endedAt: now, ...(ofCase ? { caseId: ofCase.id } : {}) })))
      throw changedMeanwhile('this number')
    await tell(context, ticket.pointId)
    return ticketView(context, await existing(context, ticket.pointId), ticketId)
  },

  async counterEvents(context, { pointId }) {
    await existing(context, pointId)
    return { topics: [topicOf(pointId)] }
  },

  async counterDisplay(context, { token }) {
    const live = await livePart(context, counterEndpoints.displayEvents, { token })
    const point = await displayed(context, token)
    const day = await today(context)
    const { waiting = 0, ...waits } = (await dayAtPoints(context.db, [point.id], day)).get(point.id) ?? { called: 0, seconds: 0 }
    const called = await ticketsOf(context.db, point.id, day, 'called', mostDisplayed)
    return counterPage(visitOf(context), {
      live,
      name: point.name,
      called: called.map(({ number, counter }) => ({ label: ticketLabel(point.prefix, number), counter })),
      waiting,
      averageWaitMinutes: averageWaitMinutes(waits),
    })
  },

  async displayEvents(context, { token }) {
    return { topics: [topicOf((await displayed(context, token)).id)] }
  },
}

const noSuchPoint = () => refuse('missing', 'no-such-counter', 'There is no such counter')

async function existing({ db }: Context, pointId: string): Promise<ServicePoint> {
  const point = await pointById(db, pointId)
  if (!point) throw noSuchPoint()
  return point
}

/** A counter that is closed shows nothing to anybody. */
async function displayed({ db }: Context, token: string): Promise<ServicePoint> {
  const point = await pointOfDisplay(db, token)
  if (!point?.active) throw noSuchPoint()
  return point
}

async function holdOne({ db }: Context, customerId: string): Promise<void> {
  if (!(await holdCustomers(db, [customerId])).has(customerId)) throw refuse('missing', 'no-such-customer', 'There is no such customer')
}

const pointView = ({ id, name, prefix, active, display, version }: ServicePoint, day: DayAtPoint | undefined) => ({
  ...{ id, name, prefix, active, version },
  display: `/p/counter/${display}`,
  waiting: day?.waiting ?? 0,
  served: day?.served ?? 0,
  noShow: day?.noShow ?? 0,
  averageWaitMinutes: averageWaitMinutes(day ?? { called: 0, seconds: 0 }),
})

async function ticketView(context: Context, point: ServicePoint, ticketId: string) {
  return (await ticketViews(context, point, [(await ticketById(context.db, ticketId))!]))[0]!
}

async function ticketViews(context: Context, { prefix }: ServicePoint, tickets: readonly Ticket[]) {
  const { db, now } = context
  const whose = await customersOfTickets(
    db,
    tickets.map(({ id }) => id),
  )
  const shown = await shownCustomers(
    context,
    [...whose.values()].map((customerId) => ({ customerId })),
  )
  return tickets.map(({ id, number, state, tier, issuedAt, calledAt, calledBy, counter, endedAt, caseId, version }) => ({
    ...{ id, state, tier, issuedAt, calledAt, calledBy, counter, endedAt, caseId, version },
    label: ticketLabel(prefix, number),
    customer: shown.get(whose.get(id) ?? '') ?? null,
    waitedMinutes: Math.max(0, Math.floor(((calledAt ?? now).getTime() - issuedAt.getTime()) / 60_000)),
  }))
}
