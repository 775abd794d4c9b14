import { module } from '../module.ts'
import { webhooksActions } from './actions.ts'
import { webhooksApi } from './api.ts'
import * as facts from './facts.ts'
import { webhooksJobs } from './jobs.ts'

/** Telling other systems what happens. */
export const webhooks = module({
  name: 'webhooks',
  api: webhooksApi,
  actions: webhooksActions,
  permissions: { 'webhooks.manage': [] },
  facts: Object.values(facts),
  jobs: webhooksJobs,
})
