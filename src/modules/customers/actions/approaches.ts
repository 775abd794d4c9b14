import { readSetting } from '#modules/organization/public.ts'
import type { Db } from '#platform/database/connection.ts'
import { isAllowed, type Purpose, servicePurpose } from '../domain/consent.ts'
import { type Approach, approachBy } from '../domain/contact-ways.ts'
import { consentSetting, contactSetting } from '../settings.ts'
import { identitiesOf } from '../store/accounts.ts'
import { readLedger } from '../store/consent.ts'
import { contactPointsOf } from '../store/contact-points.ts'
import { type Way, waysAmong } from './contact-points.ts'

/**
 * How customers may be approached for a purpose (B-07, H-17): by which channels there is data for and that they allow, what they like best, what they refused. Whoever proposes or plans a contact asks
 * here. Of people around a customer nothing is offered: they said nothing. Customers who are not there are missing.
 */
export async function approachesTo(db: Db, customerIds: readonly string[], purpose: string): Promise<ReadonlyMap<string, Approach<Way>>> {
  const { country } = await readSetting(db, contactSetting)
  const purposes = await purposesWithService(db)
  const found = await identitiesOf(db, customerIds)
  const points = await contactPointsOf(db, customerIds)
  const ledgers = await readLedger(db, customerIds)
  return new Map(
    [...found].map(([id, identity]) => {
      const ways = waysAmong(identity, points.get(id) ?? [], country).filter(({ personId }) => personId === null)
      const ledger = ledgers.get(id) ?? []
      return [id, approachBy(ways, identity.preferredChannel, (channel) => isAllowed(ledger, purposes, purpose, channel))]
    }),
  )
}

/**
 * What every gate goes by. Customers are looked after whether the company lists a purpose for it or not; then whoever refused everything has refused that, too.
 */
export async function purposesWithService(db: Db): Promise<readonly Purpose[]> {
  const { purposes } = await readSetting(db, consentSetting)
  return purposes.some(({ key }) => key === servicePurpose) ? purposes : [...purposes, { key: servicePurpose, needs: 'nothing' }]
}
