import { afterAll, beforeAll } from 'vitest'
import { agentsMorning } from './agent.ts'
import { appealed } from './appealed.ts'
import { bell } from './bell.ts'
import { complaint } from './complaint.ts'
import { decisions } from './decisions.ts'
import { departure } from './departure.ts'
import { desk } from './desk.ts'
import { erasure, keptByLaw } from './erasure.ts'
import { firstStart } from './first-start.ts'
import { keyboard } from './keyboard.ts'
import { knowledge } from './knowledge.ts'
import { largeHouse } from './large-house.ts'
import { lateDelivery } from './late-delivery.ts'
import { limits } from './limits.ts'
import { mails } from './mails.ts'
import { once } from './once.ts'
import { ownRules } from './own-rules.ts'
import { permissions } from './permissions.ts'
import { personnel } from './personnel.ts'
import { phone } from './phone.ts'
import { portal } from './portal.ts'
import { type House, openHouse, type Stage } from './product.ts'
import { rejected } from './rejected.ts'
import { reopened } from './reopened.ts'
import { responsibility } from './responsibility.ts'
import { reviews } from './reviews.ts'
import { serviceByTier } from './service.ts'
import { shop } from './shop.ts'
import { simplifiedChinese } from './simplified-chinese.ts'
import { together } from './together.ts'
import { touches } from './touches.ts'
import { visits } from './visits.ts'
import { wishes } from './wishes.ts'

// The journeys follow one another: they share one server, one browser and one demo company.
let house: House
let empty: Stage
let demo: Stage
beforeAll(async () => {
  house = await openHouse()
  empty = await house.empty()
  demo = await house.demo(300)
})
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
mails(() => demo)
together(() => demo)
once(() => demo)
agentsMorning(() => demo)
complaint(() => demo)
rejected(() => demo)
appealed(() => demo)
reopened(() => demo)
responsibility(() => demo)
lateDelivery(() => demo)
departure(() => demo)
portal(() => demo)
personnel(() => demo)
erasure(() => demo)
keptByLaw(() => demo)
ownRules(() => demo)
bell(() => demo)
permissions(() => demo)
serviceByTier(() => demo)
knowledge(() => demo)
desk(() => demo)
limits(() => demo)
reviews(() => demo)
shop(() => demo)
largeHouse(() => demo)
