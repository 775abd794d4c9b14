import { handOverKind } from '#modules/customers/public.ts'
import { type BuiltInRole, builtInRoles, customerFacingRoles, module } from '#platform/module.ts'
import { giveCasesBack } from './actions/giving-back.ts'
import { mustBeKnown } from './actions/limits.ts'
import { takeMail } from './actions/mail-in.ts'
import { policyIsPublished } from './actions/portal.ts'
import { promisesTo } from './actions/promise.ts'
import { caseOwners } from './actions/reach.ts'
import { keepOwnRegimes } from './actions/regimes.ts'
import { mustBeResponsible } from './actions/review-duty.ts'
import { casesActions } from './actions.ts'
import { casesApi } from './api.ts'
import { checks } from './checks.ts'
import { casesCommands } from './commands.ts'
import * as reviewFacts from './facts/reviews.ts'
import * as facts from './facts.ts'
import { jobs } from './jobs.ts'
import {
  appealsSetting,
  assignmentSetting,
  counterSetting,
  customerFilesSetting,
  decisionSetting,
  handlingSetting,
  limitsSetting,
  mailSetting,
  ownRegimesSetting,
  patienceSetting,
  proactiveSetting,
  queueSetting,
  regimesSetting,
  reviewsSetting,
  selfAssessmentSetting,
} from './settings.ts'
import { whoseMemberships } from './store/advisory.ts'
import { customersWithCases } from './store/cases.ts'
import { whoseDesertions } from './store/desertions.ts'
import { anythingPublished } from './store/publications.ts'
import { caseSubject } from './subject.ts'
import { portalTexts, texts } from './texts/index.ts'
import { casesTimeline } from './timeline.ts'

/** Everybody whose work brings them before customers, or who answers for what went wrong. */
const writers: readonly BuiltInRole[] = customerFacingRoles.filter((role) => role !== 'analyst')

export const cases = module({
  name: 'cases',
  api: casesApi,
  actions: casesActions,
  permissions: {
    'cases.read': customerFacingRoles,
    'cases.write': writers,
    // Instructions on what was proposed.
    'cases.approve': ['supervisor', 'executive', 'administrator'],
    // Processes, routes, catalogues; and acting in steps that are another department's.
    'cases.manage': ['supervisor', 'administrator'],
    // Puts what customers said and what was done about it where anybody reads it.
    'cases.publish': ['supervisor', 'executive', 'administrator'],
    // Judging how cases were served, and seeing how well everybody does.
    'cases.quality': ['supervisor', 'executive', 'administrator'],
    // Decides on penalties and recognition, and sees those of others.
    'cases.penalties': ['supervisor', 'executive', 'human-resources', 'administrator'],
    // Sees what is said about oneself, and proposes that others be recognized.
    'cases.recognize': builtInRoles,
    // How complaints are handled, as management looks at it: prepares reviews and writes in them.
    'cases.review': ['supervisor', 'executive', 'administrator'],
    // Holds a review; from then on nothing of it changes.
    'cases.hold-reviews': ['supervisor', 'executive', 'administrator'],
    // Plans and carries out audits; of work that is not one's own.
    'cases.audit': ['supervisor', 'analyst', 'executive', 'administrator'],
    // Cases as files.
    'cases.export': ['supervisor', 'analyst', 'executive', 'administrator'],
  },
  facts: [...Object.values(facts), ...Object.values(reviewFacts)],
  jobs,
  undoings: { [handOverKind]: giveCasesBack },
  notifications: {
    kinds: {
      warned: { mail: 'none' },
      breached: { mail: 'now' },
      escalated: { mail: 'now' },
      stalled: { mail: 'digest' },
      clocks: { mail: 'now' },
      'clocks-unread': { mail: 'digest' },
      'taken-over': { mail: 'now' },
      routed: { mail: 'digest' },
      repeated: { mail: 'now' },
      'transfer-limit': { mail: 'now' },
      'approval-overdue': { mail: 'now' },
      'nobody-may-approve': { mail: 'now' },
      appealed: { mail: 'now' },
      'appeal-upheld': { mail: 'now' },
      'appeal-dismissed': { mail: 'digest' },
      'appeal-withdrawn': { mail: 'digest' },
      'appeal-overdue': { mail: 'now' },
      'nobody-may-judge': { mail: 'now' },
      referred: { mail: 'now' },
      'referral-due': { mail: 'now' },
      'referral-decided': { mail: 'now' },
      'penalty-approved': { mail: 'now' },
      'penalty-rejected': { mail: 'digest' },
      'recognition-approved': { mail: 'now' },
      'recognition-rejected': { mail: 'none' },
      message: { mail: 'none' },
      'not-satisfied': { mail: 'now' },
      'remedy-refused': { mail: 'now' },
      'offer-refused': { mail: 'digest' },
      'appointment-cancelled': { mail: 'now' },
      'cause-alert': { mail: 'now' },
      'cause-back': { mail: 'now' },
      recurred: { mail: 'digest' },
      complained: { mail: 'now' },
    },
    texts,
  },
  customerPages: {
    pages: [
      { name: 'complaint', path: '/p/complaint', order: 10 },
      { name: 'enquiry', path: '/p/enquiry', order: 20 },
      { name: 'suggestion', path: '/p/suggestion', order: 30 },
      { name: 'said', path: '/p/said', order: 35, offered: anythingPublished },
      { name: 'follow', path: '/p/follow', order: 40 },
      { name: 'policy', path: '/p/policy', order: 50, offered: policyIsPublished },
    ],
    texts: portalTexts,
    promises: promisesTo,
  },
  settings: [
    handlingSetting,
    regimesSetting,
    ownRegimesSetting,
    patienceSetting,
    queueSetting,
    counterSetting,
    assignmentSetting,
    limitsSetting,
    decisionSetting,
    appealsSetting,
    mailSetting,
    proactiveSetting,
    customerFilesSetting,
    selfAssessmentSetting,
    reviewsSetting,
  ],
  settingGuards: { [limitsSetting.key]: mustBeKnown, [ownRegimesSetting.key]: keepOwnRegimes, [reviewsSetting.key]: mustBeResponsible },
  commands: casesCommands,
  mail: takeMail,
  timeline: casesTimeline,
  things: { 'cases.case': caseOwners, 'cases.desertion': whoseDesertions, 'cases.advisory-member': whoseMemberships },
  subject: caseSubject,
  checks,
  // What is said of staff and of problems may name a customer.
  mentions: [
    { table: 'cases.staff_entry', key: ['id'], columns: ['reason', 'note'], how: 'strike' },
    { table: 'cases.problem', key: ['id'], columns: ['title', 'description', 'note'], how: 'strike' },
    { table: 'cases.problem_action', key: ['problem_id', 'id'], columns: ['text'], how: 'strike' },
    { table: 'cases.problem_check', key: ['problem_id', 'id'], columns: ['note'], how: 'strike' },
    // Nobody is named here knowingly; whoever is all the same goes.
    { table: 'cases.publication_text', key: ['publication_id', 'language'], columns: ['said', 'done'], how: 'strike' },
    { table: 'cases.advisory_group', key: ['id'], columns: ['name', 'purpose'], how: 'strike' },
    { table: 'cases.advisory_meeting', key: ['id'], columns: ['title', 'place', 'agenda'], how: 'strike' },
    { table: 'cases.minutes_item', key: ['id'], columns: ['text'], how: 'strike' },
    { table: 'cases.management_review', key: ['id'], columns: ['guests'], how: 'strike' },
    { table: 'cases.review_entry', key: ['review_id', 'id'], columns: ['text'], how: 'strike' },
    { table: 'cases.audit', key: ['id'], columns: ['title', 'scope', 'summary'], how: 'strike' },
    { table: 'cases.audit_finding', key: ['audit_id', 'id'], columns: ['text'], how: 'strike' },
    { table: 'cases.process_action', key: ['id'], columns: ['text'], how: 'strike' },
    { table: 'cases.self_assessment', key: ['user_id', 'month'], columns: ['note'], how: 'strike' },
  ],
  customersInUse: async (db, customerIds) => customersWithCases(db, customerIds),
})
