import type { Actions } from '#platform/module.ts'
import type { personnelEndpoints } from '../api/personnel.ts'
import { personnelValue } from '../domain/figures/personnel-value.ts'
import { type AgentScores, scoredMonths } from '../store/personnel.ts'
import { periodOf } from './quality.ts'

export const personnelActions: Actions<typeof personnelEndpoints> = {
  async personnelValue({ db, reach }, days) {
    const { timeZone, period } = await periodOf(db, days)
    const found = await scoredMonths(db, period, timeZone, { reach })
    return { items: [...Map.groupBy(found, ({ agentId }) => agentId)].map(([userId, months]) => viewOf(userId, months)) }
  },

  async ownPersonnelValue({ db, actor }, days) {
    const { timeZone, period } = await periodOf(db, days)
    return viewOf(actor.id, await scoredMonths(db, period, timeZone, { agentId: actor.id }))
  },
}

function viewOf(userId: string, scored: readonly AgentScores[]) {
  const { months, ...value } = personnelValue(scored)
  return { userId, ...value, months: months.map((one) => ({ ...one })) }
}
