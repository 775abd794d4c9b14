import { allDepartments, holdersOf, readSetting } from '#modules/organization/public.ts'
import { broken, type Check, good, look, noneOf } from '#platform/doctor/check.ts'
import { enabledAmong } from '#platform/sign-in/users.ts'
import { allVersions, offered } from './domain/clocks/own-regimes.ts'
import { regimes } from './domain/clocks/regimes.ts'
import { ownRegimesSetting, regimesSetting } from './settings.ts'
import { countWithoutFigure } from './store/figures.ts'
import { rulesOfGoingCases } from './store/keeping.ts'
import { authorityTable } from './store/rules.ts'
import { allRoutes } from './store/setup.ts'

const setUp = 'Look at Complaint set-up.'

export const checks: readonly Check[] = [
  {
    name: 'cases.approvers',
    async run(db) {
      const { lines } = await authorityTable(db)
      const anything = lines.filter(({ mostMinor, tiers, gravest }) => mostMinor === null && tiers === null && gravest === 1)
      const holders = await Promise.all(anything.map(({ role }) => holdersOf(db, role)))
      const people = await enabledAmong(db, [...new Set(holders.flat())])
      if (people.length > 0) return good(`${people.length} people may approve remedies of any amount.`)
      return look('Nobody who may sign in may approve remedies of any amount in any case.', `${setUp} A large remedy would wait for ever.`)
    },
  },
  {
    name: 'cases.routes',
    async run(db) {
      const routes = await allRoutes(db)
      const departments = new Set((await allDepartments(db)).map(({ id }) => id))
      const named = [...new Set(routes.flatMap(({ personId, deputyId }) => [personId, deputyId].filter((id) => id !== null)))]
      const working = new Set(await enabledAmong(db, named))
      const astray = routes.filter(
        ({ departmentId, personId, deputyId }) =>
          !departments.has(departmentId) || [personId, deputyId].some((id) => id !== null && !working.has(id)),
      )
      if (astray.length === 0) return good(`${routes.length} routes lead to departments and people who are there.`)
      return look(
        `${astray.length} of ${routes.length} routes lead to a department that is gone or to somebody who may not sign in.`,
        setUp,
      )
    },
  },
  {
    name: 'cases.rules',
    async run(db) {
      const { regimes: own } = await readSetting(db, ownRegimesSetting)
      const { inForce } = await readSetting(db, regimesSetting)
      const known = new Set([...regimes, ...allVersions(own)].map(({ key }) => key))
      const lost = (await rulesOfGoingCases(db)).filter((key) => !known.has(key))
      if (lost.length > 0)
        return broken(
          `Cases that go on began under rules that are not there: ${lost.join(', ')}. Their clocks cannot be read.`,
          'Restore the setting cases.own-regimes from a backup: no version of it is ever taken out.',
        )
      const may = offered(own)
      const idle = [...new Set(inForce.map(({ regime }) => regime))].filter((key) => !may.has(key))
      if (idle.length > 0)
        return look(
          `Rules are in force that are retired or not there: ${idle.join(', ')}.`,
          'Look at Settings, Cases: no new case stands under them.',
        )
      return good(`${may.size} sets of rules may be put in force.`)
    },
  },
  noneOf('cases.figures', 'cases that reports do not count; run: cases check --repair', countWithoutFigure),
]
