import { afterAll, beforeAll, describe } from 'vitest'
import { agentsMorning } from './agent.ts'
import { crawl, type Examples } from './crawl.ts'
import { decisions } from './decisions.ts'
import { departure } from './departure.ts'
import { erasure } from './erasure.ts'
import { firstStart } from './first-start.ts'
import { keyboard } from './keyboard.ts'
import { largeHouse } from './large-house.ts'
import { once } from './once.ts'
import { permissions } from './permissions.ts'
import { phone } from './phone.ts'
import { type House, openHouse, type Stage } from './product.ts'
import { simplifiedChinese } from './simplified-chinese.ts'
import { together } from './together.ts'
import { touches } from './touches.ts'
import { visits } from './visits.ts'
import { wishes } from './wishes.ts'

// All journeys stand in one file and follow one another: they share one server, one browser and one demo company.
let house: House
let empty: Stage
let demo: Stage
beforeAll(async () => {
  house = await openHouse()
  empty = await house.empty()
  demo = await house.demo(300)
}, 240_000)
afterAll(async () => {
  await empty?.close()
  await demo?.close()
  await house?.close()
})

firstStart(() => empty)
simplifiedChinese(() => demo)
phone(() => demo)
decisions(() => demo)
keyboard(() => demo)
visits(() => demo)
touches(() => demo)
wishes(() => demo)
together(() => demo)
once(() => demo)
agentsMorning(() => demo)
departure(() => demo)
erasure(() => demo)
permissions(() => demo)
describe('every page', () =>
  crawl(
    () => demo,
    async () => examplesOf(demo),
  ))
largeHouse(() => demo)

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
  const { next } = (await (await page.request.get('/api/v1/commitments/my-day')).json()) as { next: readonly [{ id: string }] }
  const commitment = next[0].id
  await close()
  return {
    '/customers/:id': [`/customers/${customer}`],
    '/customers/:id/card': [`/customers/${customer}/card`],
    '/customers/:id/merge/:otherId': [`/customers/${customer}/merge/${other}`],
    '/commitments/:id': [`/commitments/${commitment}`],
    '/commitments/:id/edit': [`/commitments/${commitment}/edit`],
    '/commitments/new': ['/commitments/new', `/commitments/new?kind=visit&customer=${customer}`],
    '/calendar': ['/calendar', '/calendar?view=month'],
    '/orders/new': ['/orders/new', `/orders/new?customer=${customer}`],
    '/orders/:id': [`/orders/${order}`],
    '/orders/:id/edit': [`/orders/${order}/edit`],
  }
}
