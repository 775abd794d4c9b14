import { type Check, good, look, noneOf } from '#platform/doctor/check.ts'
import { enabledAmong } from '#platform/sign-in/users.ts'
import { ownersInUse } from './store/loads.ts'
import { countOrphanedFigures, someUnvalued } from './store/orphans.ts'

const orphanedFigures = noneOf('customers.book', 'figures of customers who are not in the archive', countOrphanedFigures)

/** Between an import and its valuation customers have no figures, and whoever never was valued has none at all. */
const valued: Check = {
  name: 'customers.valued',
  run: async (db) =>
    (await someUnvalued(db))
      ? look(
          'Some customers have no figures yet.',
          'Nothing, if customers were imported just now: the next valuation gives them their figures.',
        )
      : good('Every customer has figures.'),
}

/** Whoever may not sign in any more looks after nobody. */
const lookedAfter: Check = {
  name: 'customers.looked-after',
  run: async (db) => {
    const owners = await ownersInUse(db)
    const working = new Set(await enabledAmong(db, owners.filter(isUser)))
    const gone = owners.filter((owner) => !working.has(owner)).length
    return gone > 0
      ? look(
          `Customers are still given to ${gone} ${gone === 1 ? 'person who does' : 'people who do'} not work here any more.`,
          'Hand them over under “Loads and departures”.',
        )
      : good('Every owner of customers works here.')
  },
}
const isUser = (owner: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(owner)

export const checks = [orphanedFigures, valued, lookedAfter]
