import { readContacts } from '#modules/commitments/public.ts'
import { birthdaysOf, comingDays, keptOn, listCustomers, referredBy, seesFigures } from '#modules/customers/public.ts'
import { dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Actor, Reach } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import type { oldCustomerEndpoints } from '../api/old-customers.ts'
import { campaignFigures } from '../store/campaigns.ts'

const daysToBirthday = 30
const usualMonths = 24
const mostCampaigns = 100

export const oldCustomerActions: Actions<typeof oldCustomerEndpoints> = {
  async oldCustomers(context, { activity, ownerId, cursor, limit = defaultPageSize }) {
    const { db, actor, reach, now } = context
    const seen = narrower(reach, actor.can('customers.read') ? actor.reach('customers.read') : [])
    // Who is old or asleep is a figure: it tells nothing to whoever does not see what customers bring.
    if (!seesFigures({ actor, reach: seen })) return { items: [], next: null }
    const { items, places } = await listCustomers(db, {
      filter: {
        activity: activity ? [activity] : ['old', 'asleep'],
        ...(ownerId === undefined ? {} : { owner: [ownerId] }),
        ...(seen === 'all' ? {} : { reach: seen }),
      },
      sort: 'profit',
      direction: 'descending',
      after: cursor === undefined ? null : placeOf(cursor, ['number', 'uuid']),
      limit: limit + 1,
    })
    const shown = items.slice(0, limit)
    const ids = shown.map(({ id }) => id)
    const { timeZone } = await readSetting(db, organizationProfile)
    const coming = comingDays(dayIn(timeZone, now), daysToBirthday)
    const born = await birthdaysOf(db, ids)
    const referred = await referredBy(db, ids)
    const contacts = actor.can('commitments.read') ? await readContacts(context, ids) : null
    return {
      items: shown.map((one) => ({
        customerId: one.id,
        name: one.name,
        city: one.city,
        ownerId: one.ownerId,
        activity: one.activity === 'old' ? ('old' as const) : ('asleep' as const),
        tier: one.tier,
        profitMinor: one.profitMinor,
        orders: one.orders,
        lastOrderDay: one.lastOrderDay,
        contact: contacts?.get(one.id) ?? null,
        birthdayOn: born.has(one.id) ? keptOn(born.get(one.id)!, coming) : null,
        referred: referred.get(one.id) ?? 0,
      })),
      next: items.length > limit ? cursorOf(places[limit - 1]!) : null,
    }
  },

  async campaigns({ db, actor, now }, { months = usualMonths }) {
    const { timeZone } = await readSetting(db, organizationProfile)
    const from = monthsBefore(dayIn(timeZone, now), months)
    if (!seesAll(actor, 'customers.read') || !seesAll(actor, 'orders.read')) return { from, items: null }
    return { from, items: await campaignFigures(db, from, mostCampaigns) }
  },
}

const seesAll = (actor: Actor, permission: string): boolean => actor.can(permission) && actor.reach(permission) === 'all'

/** Whom somebody sees who needs both. */
const narrower = (a: Reach, b: Reach): Reach => (a === 'all' ? b : b === 'all' ? a : a.filter((owner) => b.includes(owner)))

/** The first day of the month that many months before a day. */
function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10)
}
