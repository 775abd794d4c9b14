import { sql } from 'kysely'
import { casesApi } from '#modules/cases/api.ts'
import { shippedBodies } from '#modules/cases/domain/outside-body.ts'
import { insertImprovement } from '#modules/cases/store/improvements.ts'
import { commitmentsApi } from '#modules/commitments/api.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { activities, writeBook } from '#modules/customers/public.ts'
import { billingApi } from '#modules/orders/api/billing.ts'
import { termsApi } from '#modules/orders/api/terms.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { valueApi } from '#modules/value/api.ts'
import type { Actor, Reach } from '#platform/context.ts'
import { createUser } from '#platform/sign-in/users.ts'
import { erasePerson } from '#platform/subject/erasure.ts'
import { subjectTables } from '#platform/subject/subject.ts'
import { modules } from '../src/modules.ts'
import type { App } from './app.ts'
import { caseAt, departmentNamed, sendCaseFile } from './case-at.ts'

/** Whose a thing is: one's own, a colleague's of one's team, somebody else's, or nobody's because there is no such thing. */
export type Ownership = 'own' | 'colleague' | 'stranger' | 'absent'

/** What somebody sees whose role reaches so far. */
export const sees: Readonly<Record<'own' | 'team' | 'all', readonly Ownership[]>> = {
  own: ['own'],
  team: ['own', 'colleague'],
  all: ['own', 'colleague', 'stranger'],
}
export const users = {
  own: '0198c0de-0000-7000-8000-0000000000a1',
  colleague: '0198c0de-0000-7000-8000-0000000000a2',
  stranger: '0198c0de-0000-7000-8000-0000000000a3',
}
export const absent = '0198c0de-0000-7000-8000-00000000dead'
const reaches: Readonly<Record<keyof typeof sees, Reach>> = { own: [users.own], team: [users.own, users.colleague], all: 'all' }
export const whose = (scope: keyof typeof sees): Actor => ({
  kind: 'person',
  id: users.own,
  name: scope,
  roles: [],
  can: () => true,
  reach: () => reaches[scope],
})

/** By what anything about somebody's customers is recognised. */
export const canaryOf = (ownership: Ownership) =>
  new RegExp(`(Canary|City of|Friend of|Merged into|Gone from|N-)[ ]?${ownership}|${ownership}@`, 'i')

export type Things = Readonly<Record<string, Readonly<Record<Ownership, string>>>>

/** A customer of each, with one thing of every kind on them, each telling whose it is. A kind that is missing here fails the tests of whatever names it. */
export async function makeCanaries(app: App): Promise<Things> {
  const kinds: Record<string, Record<string, string>> = {}
  const keep = (kind: string, ownership: string, id: string) => {
    kinds[kind] = { absent, ...kinds[kind], [ownership]: id }
  }
  for (const [ownership, ownerId] of Object.entries(users)) {
    const email = `${ownership}.works.here@example.com`
    await app.transaction(({ db, now }) =>
      createUser(db, { id: ownerId, name: `Colleague ${ownership}`, email, password: null, initialPassword: false }, now),
    )
    keep('user', ownership, ownerId)
  }
  for (const [ownership, ownerId] of Object.entries(users)) {
    const owner = { ...whose('all'), id: ownerId }
    const customers = app.as(customersApi, owner)
    const create = (name: string, more: object = {}) => customers.create({ values: { name, ownerId, ...more } })
    const { id } = await create(`Canary ${ownership}`, {
      email: `${ownership}@example.com`,
      city: `City of ${ownership}`,
      birthday: '1990-01-05',
    })
    keep('customer', ownership, id)
    const friend = await create(`Friend of ${ownership}`)
    keep('friend', ownership, friend.id)
    const alias = await create(`Merged into ${ownership}`)
    const { mergeId } = await customers.merge({ id, version: 1, otherId: alias.id, otherVersion: 1 })
    keep('alias', ownership, alias.id)
    keep('merge', ownership, mergeId)
    const lines = [{ product: 'P', quantity: '1', unitPrice: '10' }]
    const order = await app.as(ordersApi, owner).place({ customerId: id, day: '2025-12-01', number: `N-${ownership}`, lines })
    keep('orders.order', ownership, order.id)
    const fulfil = app.as(termsApi, owner)
    const promised = { promisedDay: '2025-12-05', deliveryPlace: `Canary ${ownership} yard` }
    await fulfil.setTerms({ id: order.id, version: 0, ...promised })
    const delivery = await fulfil.noteDelivery({ id: order.id, day: '2025-12-08', moreFollows: false })
    keep('delivery', ownership, delivery.deliveries[0]!.id)
    const freight = await fulfil.noteFreight({ id: order.id, kind: 'damage', day: '2025-12-08', note: `Canary ${ownership} dent` })
    keep('freightEvent', ownership, freight.freight[0]!.id)
    const disputed = await app.as(billingApi, owner).dispute({ id: order.id, reason: 'price', note: `Canary ${ownership} objects` })
    keep('dispute', ownership, disputed.disputes[0]!.id)
    keep('keyPerson', ownership, (await customers.addKeyPerson({ id, name: `Canary ${ownership} helper` })).id)
    keep('competitor', ownership, (await customers.addUsedCompetitor({ id, name: `Canary ${ownership} rival` })).id)
    const point = await customers.addContactPoint({ id, kind: 'email', value: `second.${ownership}@example.com` })
    keep('contactPoint', ownership, point.id!)
    keep('file', ownership, await sendFile(app, owner, id, ownership))
    const attached = await sendFile(app, owner, id, ownership)
    keep('attachment', ownership, attached)
    const call = { id, channel: 'call', direction: 'in', stage: 'after' } as const
    const parts = { needs: [`Canary ${ownership} wish`], nextStep: `Canary ${ownership} next`, fileIds: [attached], mentions: [users.own] }
    keep('touch', ownership, (await customers.logInteraction({ ...call, summary: `Canary ${ownership} said`, ...parts })).id)
    const withdrawn = await customers.logInteraction({ ...call, summary: `Canary ${ownership} erred` })
    await customers.withdrawInteraction({ id, interactionId: withdrawn.id, version: 1 })
    keep('withdrawnTouch', ownership, withdrawn.id)
    keep('need', ownership, (await customers.needs({ q: `Canary ${ownership} wish` })).items[0]!.id)
    await customers.relate({ id, otherId: friend.id, kind: 'referrer', side: 'first', note: `Canary ${ownership} tie` })
    keep('relation', ownership, (await customers.relations({ id })).items[0]!.id)
    const [one, other] = [id, friend.id].sort()
    await sql`insert into customers.duplicate (customer_id, other_id, score, reasons, state, run_id, found_at)
      values (${one}::uuid, ${other}::uuid, 0.9, '["same-name"]', 'open', ${absent}::uuid, ${app.now}::timestamptz)`.execute(app.db)
    const condition = { column: 'city', is: 'known' } as const
    const definition = { match: 'all', groups: [{ match: 'all', conditions: [condition] }] } as never
    keep('segment', ownership, (await customers.makeSegment({ name: `With a city (${ownership.length})`, definition, shared: true })).id)
    keep('privateSegment', ownership, (await customers.makeSegment({ name: `Canary ${ownership} alone`, definition, shared: false })).id)
    const view = await customers.saveView({ name: `Canary ${ownership} view`, version: 0, definition: { query: {}, columns: [] } })
    keep('view', ownership, view.id)
    const content = { channel: 'call', direction: 'in', stage: 'after', minutes: null, summary: '' } as const
    keep(
      'template',
      ownership,
      (await customers.saveTouchTemplate({ name: `Canary ${ownership} call`, version: 0, shared: false, content })).id,
    )
    keep('customers.erasure', ownership, (await customers.requestErasure({ id, reason: `Canary ${ownership} asks` })).id)
    const time = { startsAt: new Date('2026-01-02T09:00:00Z'), endsAt: new Date('2026-01-02T10:00:00Z') }
    const appointment = {
      customerId: id,
      ownerId,
      kind: 'appointment',
      channel: 'call',
      title: `Canary ${ownership} tasting`,
      ...time,
    } as const
    const owed = await app.as(commitmentsApi, owner).create(appointment)
    keep('commitments.commitment', ownership, owed.id)
    const signal = await app.as(commitmentsApi, owner).captureSignal({ text: `Canary ${ownership} moves`, customerId: id })
    keep('commitments.signal', ownership, signal.id)
    const service = { customerId: id, title: `Canary ${ownership} service`, detail: null, since: null }
    keep('service', ownership, (await app.as(commitmentsApi, owner).addService(service)).id)
    const answer = { customerId: id, needId: kinds.need![ownership]!, productCode: `Canary ${ownership} tin` }
    keep('proposal', ownership, (await app.as(commitmentsApi, owner).propose(answer)).id)
    const value = app.as(valueApi, owner)
    const observed = await value.observe({
      customerId: id,
      noticed: `Canary ${ownership} hums`,
      hypothesis: `Canary ${ownership} may sing`,
    })
    keep('observation', ownership, observed.id)
    const gift = { what: `Canary ${ownership} gift`, givenOn: '2025-12-02', costMinor: 100, scoreBefore: 6, scoreAfter: 8, reaction: null }
    keep('serviceGiven', ownership, (await value.giveService({ customerId: id, serviceId: null, observationId: null, ...gift })).id)
    const plan = { targetMinor: 1000, byDay: null, plan: `Canary ${ownership} rises` }
    await value.saveGrowthPlan({ customerId: id, version: 0, ...plan })
    // What is proposed needs a valuation.
    const treatmentId = kinds.customer![ownership]!.replace(/^......../, '0198c0df')
    await sql`insert into value.treatment (customer_id, id, outcome, terms, note, profit_minor, projected_minor, proposed_at, proposed_by)
      values (${id}::uuid, ${treatmentId}::uuid, 'release', '{"changeShare":0,"lostShare":0}', ${`Canary ${ownership} costs`}, -5, 0, ${app.now}::timestamptz, 'somebody')`.execute(
      app.db,
    )
    keep('treatment', ownership, treatmentId)
    const caseFile = await sendCaseFile(app, owner, `Canary ${ownership} jar.txt`, `Canary ${ownership} picture`)
    keep('caseFile', ownership, caseFile)
    const complaint = {
      subject: `Canary ${ownership} complains`,
      description: `Canary ${ownership} tells`,
      channel: 'phone' as const,
      complainant: { name: `Canary ${ownership} lawyer`, contact: `lawyer.of.${ownership}@example.com`, authority: null },
      orderId: order.id,
      fileIds: [caseFile],
    }
    const made = await caseAt(app, owner, id, 'record', complaint)
    keep('cases.case', ownership, made.id)
    const wanted = { ownerId: null, dueDay: null, commitmentId: null, state: 'open', doneOn: null, effect: null, version: 1 } as const
    const improvement = { ...wanted, customerId: id, caseId: made.id, text: `Canary ${ownership} gets thicker boxes` }
    await app.transaction(({ db, now }) => insertImprovement(db, improvement, { at: now, userId: ownerId }))
    keep('caseNumber', ownership, made.number)
    const waits = { subject: `Canary ${ownership} waits`, description: `Canary ${ownership} asks`, channel: 'phone' } as const
    await caseAt(app, owner, id, 'approval', waits)
    const enquiry = { subject: `Canary ${ownership} enquires`, description: `Canary ${ownership} wonders`, channel: 'web' } as const
    // A case of another matter into which the first one may be taken.
    keep('otherCase', ownership, (await caseAt(app, owner, id, 'record', { ...enquiry, category: 'freight', reason: 'loss' })).id)
    const cases = app.as(casesApi, owner)
    const over = await caseAt(app, owner, id, 'answer', { ...enquiry, subject: `Canary ${ownership} is answered` })
    await cases.answer({ caseId: over.id, version: over.version, text: `Canary ${ownership} hears`, channel: 'web' })
    const left = { leftOn: '2025-12-20', rival: `Canary ${ownership} rival`, reason: null, note: null }
    keep('cases.desertion', ownership, (await cases.noteDesertion({ customerId: id, ...left })).id)
    const pointId = kinds.servicePoint?.own ?? (await cases.addServicePoint({ name: 'Main hall', prefix: 'A' })).id
    keep('servicePoint', ownership, pointId)
    const taken = { item: `Canary ${ownership} kettle`, rival: null, supplier: null, valueMinor: 100 }
    const help = {
      customerId: id,
      kind: 'goodwill',
      subject: `Canary ${ownership} leaks`,
      description: 'It leaks',
      channel: 'store',
    } as const
    const leaking = await cases.open(help)
    await cases.returnGoods({ caseId: leaking.id, version: leaking.version, ...taken })
    const [group] = kinds.advisoryGroup
      ? [kinds.advisoryGroup.own!]
      : [(await cases.makeAdvisoryGroup({ name: 'Advisers', purpose: 'To hear more', ownerId: users.own })).id]
    keep('advisoryGroup', ownership, group!)
    const comes = { customerId: id, person: `Canary ${ownership} buyer` }
    const member = await cases.addAdvisoryMember({ groupId: group!, ...comes, since: '2026-01-01', until: null })
    keep('cases.advisory-member', ownership, member.id)
    const meeting = {
      groupId: group!,
      title: `Canary ${ownership} meets`,
      startsAt: app.now,
      place: null,
      link: null,
      agenda: null,
      staffIds: [],
    }
    const { id: meetingId } = await cases.makeAdvisoryMeeting(meeting)
    keep('advisoryMeeting', ownership, meetingId)
    await cases.addAttendee({ meetingId, ...comes })
    const item = await cases.addMinutesItem({ meetingId, text: `Canary ${ownership} minutes`, customerId: id })
    keep('minutesItem', ownership, item.id)
    keep('problem', ownership, kinds.problem?.own ?? (await cases.openProblem(thinBoxes)).id)
    const linked = await cases.linkProblem({ caseId: made.id, version: made.version, problemId: kinds.problem!.own! })
    const outside = { bodyId: shippedBodies[0]!.id, reference: `Canary ${ownership} reference`, receivedOn: '2026-01-01', dueOn: null }
    await cases.refer({ caseId: made.id, version: linked.version, ...outside, note: `Canary ${ownership} turned to them` })
    keep('referral', ownership, (await cases.one({ caseId: made.id })).referrals[0]!.id)
    await app.as(commitmentsApi, owner).setCadence({ customerId: id, before: null, cadence: { minimum: 9, maximum: 12, days: 30 } })
  }
  // One text for all, because of a case of each.
  const thin = { en: { said: 'Boxes are thin', done: 'Thicker ones' }, 'zh-CN': null, 'zh-TW': null }
  const said = { caseIds: Object.keys(users).map((ownership) => kinds['cases.case']![ownership]!), texts: thin }
  const published = await app.as(casesApi).makePublication(said)
  for (const ownership of Object.keys(users)) keep('publication', ownership, published.id)
  // Whichever is named, it belongs to the house.
  for (const [kind, name] of [
    ['department', 'Depot'],
    ['otherDepartment', 'Packing'],
  ] as const)
    for (const ownership of Object.keys(users)) keep(kind, ownership, await departmentNamed(app, name))
  // What a valuation would say after years.
  const old = Object.keys(users).map((ownership) => kinds.customer![ownership]!)
  await app.transaction(({ db }) => writeBook(db, { ids: old.toSorted(), activity: old.map(() => activities.indexOf('old')) }))
  // A tie between one's own customer and a stranger's: that it is there may be seen, not to whom. The same of work for others' customers.
  const crossing = { id: kinds.customer!.own!, otherId: kinds.customer!.stranger!, kind: 'dealer', side: 'first' } as const
  await app.as(customersApi).relate(crossing)
  for (const ownership of ['colleague', 'stranger'] as const) {
    const about = { customerId: kinds.customer![ownership]!, ownerId: users.own }
    await app.as(commitmentsApi).create({ ...about, kind: 'task', title: 'An errand for others', dueDay: '2026-01-01' })
    const errand = { subject: 'A case of others', description: 'It came broken', channel: 'phone' } as const
    await app.as(casesApi).open({ ...about, ...errand, kind: 'enquiry' })
  }
  for (const [ownership, ownerId] of Object.entries(users)) {
    const { id: customerId } = await app.as(customersApi).create({ values: { name: `Gone from ${ownership}`, ownerId } })
    const erasure = { customerId, formerIds: [], requestedBy: users.own, confirmedBy: users.stranger }
    await app.transaction((context) => erasePerson(context, erasure))
    keep('erased', ownership, customerId)
  }
  await app.noteReads()
  return kinds as never
}

/** A cause that many complaints have, which belongs to all. */
const thinBoxes = {
  ...{ title: 'Thin boxes', description: null, ownerId: null },
  ...{ cause: null, category: 'freight', reason: 'damage', productCode: null },
}

/** Sends a file to be attached to a touch with a customer; each can be attached once. */
export async function sendFile(app: App, by: Actor, customerId: string, ownership: string): Promise<string> {
  const to = `/api/v1/customers/${customerId}/attachments?fileName=Canary ${ownership}.txt`
  const response = await app.request(to, { method: 'POST', body: `Canary ${ownership} letter` }, by)
  return ((await response.json()) as { fileId: string }).fileId
}

/** Whatever the database holds about customers, one line per table. */
export async function subjectRows(app: App, customerIds: readonly string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const { table, customerColumn = 'customer_id' } of subjectTables({ modules })) {
    const [schema, name] = table.split('.')
    const { rows } = await sql<{ hash: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text collate "C")), '') as hash
      from ${sql.id(schema!, name!)} t where ${sql.id(customerColumn)} = any(${customerIds}::uuid[])`.execute(app.db)
    found[table] = rows[0]!.hash
  }
  return found
}
