import { interactionChanged, interactionLogged, profilingChanged } from '#modules/customers/public.ts'
import { ordersChanged, ordersImported } from '#modules/orders/public.ts'
import { settingChanged } from '#modules/organization/public.ts'
import { latestFact } from '#platform/facts.ts'
import { job } from '#platform/module.ts'
import { runEnded } from '#platform/runs/facts.ts'
import { listRuns, openRun } from '#platform/runs/store.ts'
import { requestValuation } from './runs/request.ts'
import { recheckSome, rescoreCustomers } from './runs/rescore.ts'
import { valuationSettings } from './settings.ts'
import { latestValuation } from './store/valuations.ts'

/** Time passes for everybody: recency, expectations and tiers are taken anew once a night. */
export const revalueEveryNight = job({
  name: 'value.revalue-every-night',
  every: '30 2 * * *',
  run: async (context) => {
    await requestValuation(context)
  },
})

/** Once for a whole import, its undoing or a recosting, however many batches came in. */
export const revalueAfterImport = job({
  name: 'value.revalue-after-import',
  on: runEnded,
  run: async (context, { runId }) => {
    const lastBatch = await latestFact(context.db, ordersImported)
    if (lastBatch?.runId === runId) await requestValuation(context)
  },
})

/** Other thresholds or rates mean other figures for everybody who has some, or is about to. */
export const revalueAfterSetting = job({
  name: 'value.revalue-after-setting',
  on: settingChanged,
  run: async (context, { key }) => {
    if (!valuationSettings.some((setting) => setting.key === key)) return
    if ((await latestValuation(context.db)) || (await openRun(context.db, 'value.revalue'))) await requestValuation(context)
  },
})

/** Whoever ordered is scored at once with the models of the last valuation; the first order of a company asks for its first valuation. */
export const rescoreAfterOrder = job({
  name: 'value.rescore-after-order',
  on: ordersChanged,
  run: async (context, { customerIds }) => {
    if (await latestValuation(context.db)) await rescoreCustomers(context, customerIds)
    else await requestValuation(context)
  },
})

export const rescoreAfterInteraction = job({
  name: 'value.rescore-after-interaction',
  on: interactionLogged,
  run: (context, { customerId }) => rescoreCustomers(context, [customerId]),
})

export const rescoreAfterCorrection = job({
  name: 'value.rescore-after-correction',
  on: interactionChanged,
  run: (context, { customerId }) => rescoreCustomers(context, [customerId]),
})

export const rescoreAfterProfiling = job({
  name: 'value.rescore-after-profiling',
  on: profilingChanged,
  run: (context, { customerIds }) => rescoreCustomers(context, customerIds),
})

/** Customers whose change met the end of a valuation and were left over. */
export const recheckLeftovers = job({
  name: 'value.recheck-leftovers',
  every: '*/5 * * * *',
  run: async (context) => {
    const working = (await listRuns(context.db, ['value.revalue'], 5)).some((run) => run.state === 'running')
    if (!working) await recheckSome(context)
  },
})

export const valueJobs = [
  revalueEveryNight,
  revalueAfterImport,
  revalueAfterSetting,
  rescoreAfterOrder,
  rescoreAfterInteraction,
  rescoreAfterCorrection,
  rescoreAfterProfiling,
  recheckLeftovers,
]
