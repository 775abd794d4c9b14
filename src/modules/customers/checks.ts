import { type Check, good, look, noneOf } from '#platform/doctor/check.ts'
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

export const checks = [orphanedFigures, valued]
