import type { APIResponse, Page } from 'playwright-core'
import type { Visit } from './product.ts'
import { listed } from './seen.ts'

/** Makes a freight complaint of the second customer over the API, acknowledged. Says where it is. */
export async function aComplaint(visit: Visit, subject: string): Promise<string> {
  const { page } = visit
  const customers = await listed<{ id: string }>(page, 'customers?limit=2')
  const made = await page.request.post('/api/v1/cases', {
    data: {
      kind: 'complaint',
      customerId: customers[1]!.id,
      subject,
      description: 'The box had been opened on the way',
      channel: 'phone',
      category: 'freight',
      reason: 'damage',
      target: { kind: 'company', name: null, userId: null, departmentId: null },
      demand: { kind: 'exchange', text: null, amountMinor: 4000 },
    },
  })
  const address = `/cases/${((await made.json()) as { id: string }).id}`
  await told(page, address, 'acknowledgement', { text: 'We look into it', sent: 'hand', answerBy: null })
  return address
}

/** Does an act on a case as it stands now. */
export async function asked(page: Page, address: string, resource: string, data: object): Promise<APIResponse> {
  const { version } = (await (await page.request.get(`/api/v1${address}`)).json()) as { version: number }
  return page.request.post(`/api/v1${address}/${resource}`, { data: { version, ...data } })
}

/** The same, where it must be taken. */
export async function told(page: Page, address: string, resource: string, data: object): Promise<void> {
  const answer = await asked(page, address, resource, data)
  if (!answer.ok()) throw new Error(`${resource}: ${answer.status()} ${await answer.text()}`)
}
