import type { Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { crawl, type Examples } from './crawl.ts'
import { type House, openHouse, type Stage } from './product.ts'

// Every page of the product, with something on it.
let house: House
let demo: Stage
beforeAll(async () => {
  house = await openHouse()
  demo = await house.demo(300)
})
afterAll(async () => {
  await demo?.close()
  await house?.close()
})

crawl(
  () => demo,
  () => examplesOf(demo),
)

const dayFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** One of each thing that has a page. */
async function examplesOf(stage: Stage): Promise<Examples> {
  const { page, close } = await stage.visit()
  const first = async (list: string, except?: string) => {
    const answer = await page.request.get(`/api/v1/${list}${list.includes('?') ? '&' : '?'}limit=2`)
    const { items } = (await answer.json()) as { items: readonly { id: string }[] }
    return items.find(({ id }) => id !== except)!.id
  }
  const customer = await first('customers')
  const other = await first('customers?sort=name', customer)
  const order = await first('orders')
  const complaint = await aCase(page, customer)
  const draft = (await (await page.request.post('/api/v1/case-processes/complaint/1/copies')).json()) as { key: string; version: number }
  const { next } = (await (await page.request.get('/api/v1/commitments/my-day')).json()) as { next: readonly [{ id: string }] }
  const commitment = next[0].id
  const [article, technique, template] = [
    await first('knowledge/articles'),
    await first('knowledge/techniques'),
    await first('knowledge/templates'),
  ]
  const told = { en: 'The road is closed', 'zh-CN': '道路封闭', 'zh-TW': '道路封閉' }
  const data = { kind: 'notice', title: told, body: told, tags: [] }
  const bulletin = ((await (await page.request.post('/api/v1/knowledge/bulletins', { data })).json()) as { id: string }).id
  const made = async (path: string, data: object) =>
    ((await (await page.request.post(`/api/v1/${path}`, { data })).json()) as { id: string }).id
  const problem = await made('case-problems', {
    ...{ title: 'Thin boxes', description: null, ownerId: null },
    ...{ cause: null, category: 'freight', reason: 'damage', productCode: null },
  })
  const publication = await made('publications', {
    caseIds: [complaint],
    texts: { en: { said: 'Boxes are thin', done: 'They are thicker now' }, 'zh-CN': null, 'zh-TW': null },
  })
  const me = (await (await page.request.get('/api/v1/organization/session')).json()) as { user: { id: string } }
  const group = await made('advisory-groups', { name: 'Advisers', purpose: 'To hear more', ownerId: me.user.id })
  const meeting = await made('advisory-meetings', {
    ...{ groupId: group, title: 'Spring meeting', startsAt: new Date().toISOString() },
    ...{ place: null, link: null, agenda: null, staffIds: [] },
  })
  // There is one review of a period only, and the pages are walked several times.
  const { items: reviews } = (await (await page.request.get('/api/v1/case-reviews')).json()) as { items: readonly { id: string }[] }
  const review = reviews[0]?.id ?? (await made('case-reviews', {}))
  const audit = await made('case-audits', {
    ...{ title: 'Complaints of two months', scope: 'Against our process', departmentId: null, auditorId: me.user.id },
    ...{ plannedOn: dayFromNow(7), from: dayFromNow(-60), to: dayFromNow(-2), sampleSize: 5 },
  })
  await close()
  return {
    '/customers/:id': [`/customers/${customer}`],
    '/customers/:id/card': [`/customers/${customer}/card`],
    '/customers/:id/merge/:otherId': [`/customers/${customer}/merge/${other}`],
    '/commitments/:id': [`/commitments/${commitment}`],
    '/commitments/:id/edit': [`/commitments/${commitment}/edit`],
    '/commitments/new': ['/commitments/new', `/commitments/new?kind=visit&customer=${customer}`],
    '/calendar': ['/calendar', '/calendar?view=month'],
    '/service-policies/:id': ['0', '2'].map((end) => `/service-policies/0198c0de-0000-7000-8000-00005e4b1ce${end}`),
    '/orders/new': ['/orders/new', `/orders/new?customer=${customer}`],
    '/orders/:id': [`/orders/${order}`],
    '/knowledge/:id': [`/knowledge/${article}`],
    '/knowledge/:id/edit': [`/knowledge/${article}/edit`],
    '/techniques/:id/edit': [`/techniques/${technique}/edit`],
    '/templates/:id/edit': [`/templates/${template}/edit`],
    '/bulletins/:id': [`/bulletins/${bulletin}`],
    '/orders/:id/edit': [`/orders/${order}/edit`],
    '/cases': ['/cases', '/cases?queue=all&kind=complaint'],
    '/cases/new': ['/cases/new', `/cases/new?kind=complaint&customer=${customer}`, '/cases/new?kind=enquiry'],
    '/cases/:caseId': [`/cases/${complaint}`],
    '/cases/problems/:problemId': [`/cases/problems/${problem}`],
    '/cases/publications/:publicationId': [`/cases/publications/${publication}`],
    '/cases/advisers/:groupId': [`/cases/advisers/${group}`],
    '/cases/meetings/:meetingId': [`/cases/meetings/${meeting}`],
    '/cases/reviews/:reviewId': [`/cases/reviews/${review}`],
    '/cases/audits/:auditId': [`/cases/audits/${audit}`],
    '/case-processes/:key/:version': [`/case-processes/${draft.key}/${draft.version}`],
    '/case-setup': ['routes', 'causes', 'remedies', 'authority', 'staff', 'bodies'].map((part) => `/case-setup?part=${part}`),
    '/staff-scorecard': ['mine', 'waiting', 'everybody', 'delays'].map((view) => `/staff-scorecard?view=${view}`),
    '/case-approvals': ['/case-approvals', '/case-approvals?of=all'],
  }
}

/** A complaint in the hands of a department, with something in every part of its page. */
async function aCase(page: Page, customerId: string): Promise<string> {
  const post = async (path: string, data: object) => {
    const answer = await page.request.post(`/api/v1/${path}`, { data })
    return (await answer.json()) as { id: string; version: number }
  }
  const target = { kind: 'company', name: null, userId: null, departmentId: null }
  const demand = { kind: 'exchange', text: null, amountMinor: 4000 }
  const record = {
    category: 'freight',
    reason: 'damage',
    target,
    demand,
    subject: 'Broken jars',
    description: 'Two of ten',
    channel: 'phone',
  }
  const made = await post('cases', { ...record, kind: 'complaint', customerId })
  const acts: readonly (readonly [string, object])[] = [
    ['interim-remedies', { text: 'Two jars sent', amountMinor: 500 }],
    ['acknowledgement', { text: 'We look into it', sent: 'hand', answerBy: null }],
    ['judgement', { admissible: true, reasonSufficient: true, demandReasonable: true, finding: 'founded', note: null, evidence: [] }],
  ]
  let { version } = made
  for (const [resource, said] of acts) ({ version } = await post(`cases/${made.id}/${resource}`, { version, ...said }))
  return made.id
}
