import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { casesApi } from '#modules/cases/api.ts'
import { insertMail } from '#modules/cases/store/mails.ts'
import { commitmentsApi } from '#modules/commitments/api.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { activities, tiers as tiersOfBook, writeBook } from '#modules/customers/public.ts'
import { knowledgeApi } from '#modules/knowledge/api.ts'
import { termsApi } from '#modules/orders/api/terms.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { valueApi } from '#modules/value/api.ts'
import type { Actor } from '#platform/context.ts'
import { type Endpoint, placeholders, servedAt } from '#platform/contract.ts'
import { webhooksApi } from '#platform/webhooks/api.ts'
import { modules } from '../src/modules.ts'
import { type App, everybody, startApp } from './app.ts'
import { caseAt, sendCaseFile } from './case-at.ts'
import { colleague } from './colleague.ts'
import { colleague as withRoles } from './complaints.ts'
import { importFile } from './import-files.ts'
import { plainInput } from './plain-input.ts'
import { waitForRun } from './wait-for-run.ts'

// One customer holds what not everybody may see, in every form in which the product keeps it. Each address that can be read is read by somebody who may do everything but see that: none may tell it.

const contact = {
  email: 'canary.4711@example.com',
  phone: '+86 139 4711 4711',
  address: '4711 Canary Row',
  postcode: '4711-9',
  birthday: '1947-01-21',
}
/** Parts by which contact data is recognised however it is written; no id holds them. */
const contactSigns = ['canary.4711', '4711 4711', '47114711', 'Canary Row', '4711-9', '1947-01-21', 'was.4712', '139 4713']
const price = '931200'
const tiers = ['platinum', 'gold', 'iron', 'lead'].map((tier) => `"tier":"${tier}"`)
/** By which policy a case is served says the tier: by its name, and by the id with which it is shipped. */
const policySigns = ['Gold service', '"policyId":"0198c0de-0000-7000-8000-00005e4b1ce2"']
/** What was paid, in minor units and as files write it. */
const figureSigns = [...tiers, ...policySigns, ',gold,', '93120000', '931200.00', '931,200', '186240000']

/** A field of the company's own that is marked as personal. */
const ownField = '0198c0de-0000-7000-8000-00000000f1e1'

let app: App
let open: Actor
let closed: Readonly<Record<'contact' | 'figures', Actor>>
const all: Record<string, string> = {}
/** Beyond what the placeholders say; by address. */
let given: Readonly<Record<string, Readonly<Record<string, string>>>>

beforeAll(async () => {
  app = await startApp({ work: true })
  const someone = await colleague(app, 'Somebody')
  open = { ...everybody, id: someone.id, name: 'open' }
  const but = (...hidden: string[]): Actor => ({ ...open, name: `without ${hidden}`, can: (one) => !hidden.includes(one) })
  closed = { contact: but('customers.read-personal'), figures: but('value.read', 'orders.read') }
  const customers = app.as(customersApi, open)
  const create = (name: string, more: object = {}) => customers.create({ values: { name, city: 'Canaria', ...more } })
  const { id } = await create('Canary Hedwig', {
    ...contact,
    ownerId: someone.id,
    email: 'was.4712@example.com',
    phone: '+86 139 4713 4713',
  })
  await customers.change({ id, version: 1, values: { email: contact.email, phone: contact.phone } })
  const twin = (await create('Canary Hedwik', { ...contact, email: 'canary.4711.twin@example.com' })).id
  const merged = (await create('Canary Merged', { ...contact, email: 'canary.4711.merged@example.com' })).id
  const friend = (await create('Canary Friend', contact)).id
  await customers.addContactPoint({ id, kind: 'email', value: 'canary.4711.second@example.com' })
  await customers.addKeyPerson({ id, name: 'Helper', email: contact.email, phone: contact.phone, birthday: contact.birthday })
  await customers.noteConsent({ id, purpose: 'service', channel: 'email', given: true, origin: 'form' })
  await customers.relate({ id, otherId: friend, kind: 'referrer', side: 'first' })
  const own = { names: { en: 'Home', 'zh-CN': '', 'zh-TW': '' }, type: 'text', required: false, inList: true, choices: [], removed: false }
  const fields = [{ ...own, id: ownField, personal: true }]
  await app.as(organizationApi, open).changeSetting({ key: 'customers.own-fields', value: { fields }, version: 0 })
  await customers.setOwnValues({ id, before: {}, values: { [ownField]: 'Behind canary.4711' } })
  await customers.setOwnValues({ id, before: { [ownField]: 'Behind canary.4711' }, values: { [ownField]: 'Before canary.4711' } })
  const { version } = await customers.one({ id })
  await customers.merge({ id, version, otherId: merged, otherVersion: 1 })
  const upload = await app.request(`/api/v1/customers/${id}/attachments?fileName=note.txt`, { method: 'POST', body: 'A note' }, open)
  const { fileId } = (await upload.json()) as { fileId: string }
  const touch = { id, channel: 'call', direction: 'in', stage: 'after', summary: 'Asked', needs: ['A quiet kettle'], fileIds: [fileId] }
  const { id: interactionId } = await customers.logInteraction(touch as never)
  await customers.requestErasure({ id: twin, reason: 'Asked for it' })
  const definition = { match: 'all', groups: [{ match: 'all', conditions: [{ column: 'city', is: 'known' }] }] } as const
  const segment = await customers.makeSegment({ name: 'All', definition: definition as never, shared: true })
  const lines = [{ product: 'P', quantity: '1', unitPrice: price }]
  const order = await app.as(ordersApi, open).place({ customerId: id, day: '2025-12-01', number: 'N-1', lines })
  const fulfil = app.as(termsApi, open)
  await fulfil.setTerms({ id: order.id, version: 0, deliveryPlace: contact.address })
  await fulfil.noteDelivery({ id: order.id, day: '2025-12-02', moreFollows: false, deliveryPlace: `Behind ${contact.address}` })
  await app.as(ordersApi, open).place({ customerId: friend, day: '2025-12-02', number: 'N-2', lines })
  const time = { startsAt: new Date('2026-01-02T09:00:00Z'), endsAt: new Date('2026-01-02T10:00:00Z') }
  const work = app.as(commitmentsApi, open)
  const commitment = await work.create({ kind: 'appointment', title: 'Tasting', customerId: id, ...time })
  await work.setCadence({ customerId: id, before: null, cadence: { minimum: 9, maximum: 12, days: 30 } })
  await work.captureSignal({ text: 'Moves', customerId: id })
  const caseFile = await sendCaseFile(app, open, 'jar.txt', 'A jar')
  const complainant = { name: 'Helper', contact: 'canary.4711.helper@example.com', authority: null }
  const complaint = { subject: 'Broken', description: 'It came broken', channel: 'phone' as const, fileIds: [caseFile], complainant }
  // As after a valuation: cases, numbers and whatever else began since keep the tier.
  const valued = { ids: [id], activity: [activities.indexOf('returning')], tier: [tiersOfBook.indexOf('gold')], valuedOn: ['2026-01-01'] }
  await app.transaction(({ db }) => writeBook(db, valued as never))
  const { id: caseId, version: caseVersion } = await caseAt(app, open, id, 'record', complaint)
  const other = { ...complainant, contact: 'canary.4711.other@example.com' }
  const matter = { cause: null, category: 'freight', reason: 'damage', productCode: null }
  const problem = await app.as(casesApi, open).openProblem({ title: 'Thin boxes', description: null, ownerId: null, ...matter })
  await app.as(casesApi, open).changeRecord({ caseId, version: caseVersion, changes: { complainant: other } })
  const review = await app.as(casesApi, open).makeReview({ from: '2025-10-01', to: '2025-12-31' })
  const auditor = await withRoles(app, 'Auditor', ['supervisor'])
  const plan = { title: 'Of a year', scope: null, departmentId: null, auditorId: auditor.id, plannedOn: '2026-02-01', sampleSize: 5 }
  const audit = await app.as(casesApi, open).planAudit({ ...plan, from: '2025-10-01', to: '2026-01-31' })
  const mailFile = await sendCaseFile(app, open, 'mailed.txt', 'A jar')
  const between = {
    fromName: 'canary.4711.mail@example.com',
    fromAddress: 'canary.4711.mail@example.com',
    toAddress: 'care@example.com',
    files: [{ fileId: mailFile, name: 'mailed.txt', mediaType: 'text/plain', bytes: 5, inline: false }],
  }
  const mailed = {
    id: mailFile,
    caseId,
    direction: 'in',
    mailId: mailFile,
    mailboxId: null,
    messageId: null,
    references: [],
    subject: 'Jar',
    body: 'See\n\nHedwig, canary.4711.signature@example.com',
    html: '<p>canary.4711.markup@example.com</p>',
    language: null,
    automatic: null,
    verdicts: null,
    at: app.now,
    ...between,
  } as const
  await insertMail(app.db, id, mailed)
  const thin = { en: { said: 'Boxes are thin', done: 'Thicker ones' }, 'zh-CN': null, 'zh-TW': null }
  const terms = { place: null, link: null, agenda: null, staffIds: [] }
  const group = await app.as(casesApi, open).makeAdvisoryGroup({ name: 'Advisers', purpose: 'To hear more', ownerId: someone.id })
  const meeting = await app.as(casesApi, open).makeAdvisoryMeeting({ ...terms, groupId: group.id, title: 'Spring', startsAt: app.now })
  await app.as(casesApi, open).addAttendee({ meetingId: meeting.id, customerId: id, person: null })
  const publication = await app.as(casesApi, open).makePublication({ caseIds: [caseId], texts: thin })
  await app.as(casesApi, open).linkProblem({ caseId, version: caseVersion + 1, problemId: problem.id })
  const { id: pointId } = await app.as(casesApi).addServicePoint({ name: 'Hall', prefix: 'A' })
  await app.as(casesApi, open).issueNumber({ pointId, customerId: id })
  // As many forms of a wrong row as tell what stood in it, and one who is known by an address alone.
  const file = [
    'id,name,email,phone,birthday,kind',
    'k1,One,canary.4711 at example,1,1990-01-01,person',
    `k2,Two,canary.4711.two@example.com,${contact.phone},1947-01-21,canary.4711`,
    ',Known,canary.4711.key@example.com,,,',
  ].join('\n')
  const imported = await importFile(app, file, { importer: 'customers' })
  expect(imported.outcome).toMatchObject({ rejected: 1 })
  const search = await app.as(customersApi, open).findDuplicates({})
  await waitForRun(app, search.runId)
  const valuation = await app.as(valueApi, open).requestValuation({})
  await waitForRun(app, valuation.runId)
  // Which tier the order alone brings depends on who was there when the valuation began.
  await app.as(valueApi, open).setOverride({ customerId: id, basedOn: null, tier: 'gold', reason: 'By hand', lastDay: null })
  const webhook = await app
    .as(webhooksApi, open)
    .add({ name: 'Hook', url: 'https://example.com/hook', ownNetwork: false, facts: ['customers.created'] } as never)
  const need = (await customers.needs({})).items[0]!
  const knowledge = app.as(knowledgeApi, open)
  const texts = { en: 'Told', 'zh-CN': '', 'zh-TW': '' }
  const bulletin = await knowledge.publishBulletin({ kind: 'notice', title: texts, body: texts, tags: [] })
  const teaching = { name: texts, about: texts, skills: [], articleId: null, techniqueId: null, link: null, active: true }
  Object.assign(all, {
    id,
    customerId: id,
    otherId: twin,
    userId: someone.id,
    segmentId: segment.id,
    needId: need.id,
    fileId,
    interactionId,
    articleId: (await knowledge.articles({})).items[0]!.id,
    templateId: (await knowledge.templates({})).items[0]!.id,
    bulletinId: bulletin.id,
    courseId: (await knowledge.addCourse(teaching)).id,
    caseId,
    problemId: problem.id,
    reviewId: review.id,
    auditId: audit.id,
    pointId,
    publicationId: publication.id,
    groupId: group.id,
    meetingId: meeting.id,
  })
  const day = { from: '2026-01-01', to: '2026-01-05' }
  given = {
    'GET /customers': { q: 'canary', count: 'true' },
    'GET /customers/search': { q: 'canary' },
    'GET /customers/duplicates': { name: 'Canary Hedwig', email: contact.email, phone: contact.phone, birthday: contact.birthday },
    'GET /customers/:id/contact-channels': { purpose: 'service' },
    'GET /customer-birthdays': { days: '60' },
    'GET /customer-changes': { month: '2026-01', field: 'email' },
    'GET /customer-changes/export': { month: '2026-01', format: 'csv' },
    'GET /customer-changes/fields': { month: '2026-01' },
    'GET /customer-segments/size': { definition: JSON.stringify(definition) },
    'GET /customer-need-suggestions': { q: 'kettle' },
    'GET /orders/:id': { id: order.id },
    'GET /orders/:id/terms': { id: order.id },
    'GET /orders/:id/billing': { id: order.id },
    'GET /orders/by-number': { number: 'N-1' },
    'GET /commitments/:id': { id: commitment.id },
    'GET /commitments/:id/calendar-file': { id: commitment.id },
    'GET /commitments/calendar': day,
    'GET /cases/:caseId/files/:fileId': { fileId: caseFile },
    'GET /cases/:caseId/mail-files/:fileId': { fileId: mailFile },
    'GET /cases': { queue: 'all' },
    'GET /imports/:id': { id: imported.id },
    'GET /imports/:id/rejects': { id: imported.id },
    'GET /runs/:id': { id: imported.id },
    'GET /import-mappings': { importer: 'customers' },
    'GET /importers/:importer/template': { importer: 'customers' },
    'GET /organization/settings/:key/changes': { key: 'organization.profile' },
    'GET /webhooks/:id/deliveries': { id: webhook.webhook.id },
    'GET /anonymous-sales/months': { year: '2025' },
    'GET /value/service-policies/:policyId/versions': { policyId: (await app.as(valueApi).servicePolicies({})).items[1]!.id },
  }
})
afterAll(() => app.close())

const readable = modules.flatMap((module) =>
  Object.values(module.api)
    .filter(({ method }) => method === 'GET')
    .map((endpoint) => ({ address: `${endpoint.method} ${endpoint.path}`, endpoint })),
)

/** What cannot be read here, and why. Whatever else is not answered is a case that nobody has made up. */
const unread: Readonly<Record<string, string>> = {
  'GET /commitments/feeds/:token': 'stands for one person, who sees names only',
  'GET /backups/:backupId/file': 'holds everything, encrypted, and has a permission of its own',
  'GET /import-plans/:id/history': 'there is no plan; it names files, not what is in them',
  'GET /order-intakes/:id/deliveries': 'no shop has sent anything',
  'GET /mails-in/:id': 'no mail came in; what strangers write has a permission of its own',
  'GET /mails-in/:id/files/:fileId': 'the same',
  'GET /p/case/:token': 'stands for one customer, who reads what they wrote and were told; behind a private link',
  'GET /case-links/:token/events': 'the same',
  'GET /case-links/:token/files/:fileId': 'the same',
  'GET /p/counter/:token': 'says numbers, and nothing of anybody; behind an address that nobody guesses',
  'GET /counter-displays/:token/events': 'the same',
  'GET /p/policy': 'no policy is published; it names nobody',
}

/** What tells something all the same, and why. */
const shownAnyway: Readonly<Record<string, string>> = {
  'GET /audit/entries': 'whoever may read the trail sees what was done, with the amounts of orders; it holds no contact data',
  'GET /audit/export': 'the same as a file',
}

async function ask(endpoint: Endpoint, address: string, actor: Actor) {
  const named = Object.fromEntries(placeholders(endpoint.path).flatMap((field) => (field in all ? [[field, all[field]!]] : [])))
  const needed = Object.fromEntries(Object.entries(all).filter(([field]) => field in plainInput(endpoint)))
  const input: Record<string, unknown> = { ...plainInput(endpoint), ...named, ...needed, ...given[address] }
  let path = endpoint.path
  for (const field of placeholders(endpoint.path)) {
    path = path.replace(`:${field}`, encodeURIComponent(String(input[field])))
    delete input[field]
  }
  const query = new URLSearchParams(input as Record<string, string>).toString()
  const response = await app.request(`${servedAt(endpoint, path)}${query && `?${query}`}`, {}, actor)
  return { status: response.status, text: await response.text() }
}
const tells = (text: string, signs: readonly string[]) => signs.filter((sign) => text.includes(sign))

/** Addresses that tell it to whoever may see it: where none does any more, the test has lost its canary. */
const telling: Readonly<Record<'contact' | 'figures', readonly string[]>> = {
  contact: [
    'GET /runs',
    'GET /runs/:id',
    'GET /imports',
    'GET /imports/:id',
    'GET /imports/:id/rejects',
    'GET /customers',
    'GET /customers/:id',
    'GET /customers/:id/changes',
    'GET /customers/:id/own-values',
    'GET /customers/:id/contact-channels',
    'GET /customers/:id/contact-points',
    'GET /customers/:id/merge-preview',
    'GET /customers/search',
    'GET /customers/export',
    'GET /customer-birthdays',
    'GET /customer-changes',
    'GET /customer-changes/export',
    'GET /customer-duplicates',
    'GET /orders/:id/terms',
    'GET /cases/:caseId',
    'GET /cases/:caseId/log',
    'GET /cases/:caseId/mails',
  ],
  figures: [
    'GET /customers',
    'GET /customers/:id',
    'GET /customers/:id/relations',
    'GET /customers/:id/timeline',
    'GET /customers/search',
    'GET /customers/export',
    'GET /customer-segments/:segmentId/members',
    'GET /commitments/contact-next',
    'GET /audit/entries',
    'GET /audit/export',
    'GET /orders',
    'GET /orders/:id',
    'GET /orders/by-number',
    'GET /customers/:customerId/orders',
    'GET /customers/:customerId/ledger',
    'GET /value/overview',
    'GET /value/concentration',
    'GET /value/size-bands',
    'GET /value/promotion',
    'GET /value/rfm',
    'GET /value/cohorts',
    'GET /value/tier-preview',
    'GET /value/spend-contribution',
    'GET /value/customers/:customerId',
    'GET /value/customers/:customerId/assessments',
    'GET /value/customers/:customerId/preferences',
    'GET /value/service-policies',
    'GET /value/service-policies/:policyId/versions',
    'GET /value/customers/:customerId/service-policy',
    'GET /value/service-plan',
    'GET /value/growth',
    'GET /value/customers/:customerId/treatments',
    'GET /insight/home',
    'GET /insight/benchmarks',
    'GET /cases',
    'GET /customers/:customerId/cases',
    'GET /case-handlers/:userId/cases',
    'GET /case-report/cases',
    'GET /cases-file',
    'GET /case-problems/:problemId/cases',
    'GET /service-points/:pointId/board',
    'GET /cases/:caseId',
    'GET /cases/:caseId/log',
    'GET /cases/:caseId/place',
    'GET /cases/:caseId/clocks',
  ],
}

describe.each([
  ['contact', contactSigns],
  ['figures', figureSigns],
] as const)('%s', (what, signs) => {
  test.each(readable)('$address', async ({ address, endpoint }) => {
    const seen = await ask(endpoint, address, open)
    if (address in unread) return
    expect(seen.status, seen.text).toBe(200)
    const hidden = await ask(endpoint, address, closed[what])
    if (what === 'contact' || !(address in shownAnyway)) expect(tells(hidden.text, signs)).toEqual([])
    expect([200, 403], hidden.text).toContain(hidden.status)
    expect(tells(seen.text, signs).length > 0, `tells whoever may see it: ${seen.text.slice(0, 300)}`).toBe(telling[what].includes(address))
  })
})
