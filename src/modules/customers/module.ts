import { customerFacingRoles, module } from '#platform/module.ts'
import { keepConsentTexts } from './actions/consent-texts.ts'
import { actions } from './actions.ts'
import { api } from './api.ts'
import { checks } from './checks.ts'
import { customerCommands } from './commands.ts'
import * as facts from './facts.ts'
import { aroundImporters } from './importers/around-kinds.ts'
import { customersImporter } from './importers.ts'
import { customerJobs } from './jobs.ts'
import { changeMany } from './runs/change-many.ts'
import { erase } from './runs/erase.ts'
import { findDuplicates } from './runs/find-duplicates.ts'
import { handOver } from './runs/hand-over.ts'
import { consentSetting, contactSetting, ownFieldSetting, targetSetting } from './settings.ts'
import { successorsOf } from './store/aliases.ts'
import { erasureOwners } from './store/erasures.ts'
import { customerNames, customerOwners } from './store/lookups.ts'
import { carryErasures, customerMentions, customerSubject, eraseAgain } from './subject.ts'
import { texts } from './texts/index.ts'
import { timeline } from './timeline.ts'

export const customers = module({
  name: 'customers',
  api,
  actions,
  facts: Object.values(facts),
  permissions: {
    'customers.read': customerFacingRoles,
    // Taking the whole list away is more than looking at it.
    'customers.export': ['supervisor', 'account-manager', 'loyalty-manager', 'analyst'],
    'customers.strategy': ['loyalty-manager', 'executive', 'administrator'],
    // Whoever answers for the strategy before the owners (P-01), and not whoever writes it.
    'customers.approve-strategy': ['executive'],
    'customers.write': ['agent', 'supervisor', 'account-manager', 'salesperson', 'store-clerk', 'loyalty-manager', 'administrator'],
    'customers.merge': ['supervisor', 'account-manager', 'administrator'],
    'customers.privacy': ['supervisor', 'administrator'],
    'customers.hand-over': ['supervisor', 'administrator'],
    // E-mail addresses, numbers, addresses and birthdays. Figures need no names.
    'customers.read-personal': customerFacingRoles.filter((role) => role !== 'analyst'),
    'customers.manage-needs': ['supervisor', 'account-manager', 'loyalty-manager', 'analyst'],
    // What concerns every archive at once, such as deleting what a removed field held.
    'customers.manage': [],
  },
  timeline,
  settingGuards: { 'customers.consent': keepConsentTexts },
  settings: [consentSetting, contactSetting, ownFieldSetting, targetSetting],
  commands: customerCommands,
  jobs: customerJobs,
  notifications: {
    kinds: {
      'taken-over': { mail: 'now' },
      mentioned: { mail: 'digest' },
      'erasure-waits': { mail: 'now' },
      'erasure-done': { mail: 'now' },
      'erasure-again': { mail: 'now' },
    },
    texts,
  },
  runs: [findDuplicates, erase, changeMany, handOver],
  things: { customer: customerOwners, 'customers.erasure': erasureOwners },
  successors: { customer: successorsOf },
  subject: customerSubject,
  mentions: customerMentions,
  carry: carryErasures,
  afterRestore: eraseAgain,
  customerNames,
  importers: [customersImporter, ...aroundImporters],
  checks,
})
