import { shippedBodies } from '#modules/cases/domain/outside-body.ts'
import { emptyPoints } from '#modules/commitments/public.ts'
import type { Actor } from '#platform/context.ts'
import { type Endpoint, placeholders, servedAt } from '#platform/contract.ts'
import type { App } from './app.ts'
import { users } from './canaries.ts'
import { plainInput } from './plain-input.ts'

export interface Answer {
  readonly status: number
  readonly text: string
}
export const addressOf = ({ method, path }: Endpoint) => `${method} ${path}`

const lines = [{ product: 'P', quantity: '1', unitPrice: '1' }]
export const knownCity = JSON.stringify({ match: 'all', groups: [{ match: 'all', conditions: [{ column: 'city', is: 'known' }] }] })
/** Required values that the schema alone does not tell. */
const filled: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'POST /customers/:customerId/orders': { lines },
  'PUT /orders/:id': { lines },
  'POST /orders/:id/refunds': { amountMinor: 1 },
  'POST /customers': { values: { name: 'New one' } },
  'POST /customers/:id/contact-points': { kind: 'phone', value: '+49 30 123456' },
  'PUT /customers/:id/contact-points/:pointId': { value: 'third@example.com' },
  'POST /customer-changes': { change: { what: 'add-tag', tag: 'tried' } },
  'GET /customers/:id/contact-channels': { purpose: 'service' },
  'POST /customers/:id/consents': { purpose: 'service' },
  'PUT /customers/:customerId/worksheet': { points: emptyPoints() },
  'GET /customers/search': { q: 'canary' },
  'GET /customer-birthdays': { days: '60' },
  'GET /customer-changes': { month: '2026-01' },
  'GET /customer-changes/fields': { month: '2026-01' },
  'GET /customer-changes/export': { month: '2026-01', format: 'csv' },
  'GET /customer-segments/size': { definition: knownCity },
  'POST /value/customers/:customerId/services-given': { serviceId: null },
  'POST /cases': { kind: 'enquiry' },
  'POST /desk/cases': { kind: 'enquiry', interim: null, promise: null, techniques: [], guide: [] },
  'POST /cases/:caseId/quality-sheets': { agentId: users.stranger },
  'POST /cases/:caseId/conversion': { kind: 'request' },
  'POST /cases/:caseId/cause': { causeId: null },
  'POST /cases/:caseId/referrals': { bodyId: shippedBodies[1]!.id },
  'POST /cases/:caseId/responsibility': { userId: users.own, delayedBy: null, nobody: false },
  'POST /staff-recognitions': { userId: users.colleague },
  'POST /cases/:caseId/tasks': { ownerId: users.colleague },
  'POST /cases/:caseId/assignment': { ownerId: users.own },
  'POST /cases/:caseId/return': { to: 'cause' },
  'POST /cases/:caseId/pause': { until: null },
  'GET /commitments/calendar': { from: '2026-01-01', to: '2026-01-05' },
}

/** Sends the least that an endpoint takes, with what is given. Objects within the input are filled up, not replaced. */
export async function ask(app: App, endpoint: Endpoint, given: Readonly<Record<string, unknown>>, actor: Actor | null): Promise<Answer> {
  const input = together(together(plainInput(endpoint), filled[addressOf(endpoint)] ?? {}), given)
  let path = endpoint.path
  for (const field of placeholders(endpoint.path)) {
    path = path.replace(`:${field}`, encodeURIComponent(String(input[field])))
    delete input[field]
  }
  const read = endpoint.method === 'GET' || endpoint.kind === 'upload'
  const query = read && Object.keys(input).length > 0 ? `?${new URLSearchParams(input as Record<string, string>)}` : ''
  const init = read
    ? { ...(endpoint.kind === 'upload' ? { body: 'content' } : {}) }
    : { body: JSON.stringify(input), headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() } }
  const response = await app.request(`${servedAt(endpoint, path)}${query}`, { method: endpoint.method, ...init }, actor)
  return { status: response.status, text: await response.text() }
}

function together(below: Readonly<Record<string, unknown>>, above: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const both = (one: unknown, other: unknown) => isObject(one) && isObject(other)
  const over = Object.entries(above).map(([name, value]) => [
    name,
    both(below[name], value) ? together(below[name] as Record<string, unknown>, value as Record<string, unknown>) : value,
  ])
  return { ...below, ...Object.fromEntries(over) }
}
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
