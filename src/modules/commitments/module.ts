import { handOverKind } from '#modules/customers/public.ts'
import { customerFacingRoles, module } from '#platform/module.ts'
import { giveCommitmentsBack } from './actions/giving-back.ts'
import { commitmentsActions } from './actions.ts'
import { commitmentsApi } from './api.ts'
import * as facts from './facts.ts'
import { jobs } from './jobs.ts'
import { attentionSetting, cadenceSetting } from './settings.ts'
import { customersWithCommitments, whoseCommitments } from './store/commitments.ts'
import { whoseSignals } from './store/signals.ts'
import { commitmentSubject } from './subject.ts'
import { texts } from './texts/index.ts'
import { commitmentsTimeline } from './timeline.ts'

export const commitments = module({
  name: 'commitments',
  api: commitmentsApi,
  actions: commitmentsActions,
  permissions: {
    'commitments.read': customerFacingRoles,
    'commitments.write': customerFacingRoles,
    // Others' commitments.
    'commitments.manage': ['supervisor', 'account-manager', 'administrator'],
  },
  facts: Object.values(facts),
  jobs,
  undoings: { [handOverKind]: giveCommitmentsBack },
  notifications: {
    kinds: {
      assigned: { mail: 'digest' },
      calls: { mail: 'digest' },
      'taken-over': { mail: 'now' },
      done: { mail: 'none' },
      cancelled: { mail: 'digest' },
      broken: { mail: 'now' },
      'broken-below': { mail: 'digest' },
    },
    texts,
  },
  settings: [cadenceSetting, attentionSetting],
  timeline: commitmentsTimeline,
  things: { 'commitments.commitment': whoseCommitments, 'commitments.signal': whoseSignals },
  subject: commitmentSubject,
  customersInUse: async (db, customerIds) => new Set(await customersWithCommitments(db, customerIds)),
})
