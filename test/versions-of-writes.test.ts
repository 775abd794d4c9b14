import { expect, test } from 'vitest'
import type { Endpoint } from '#platform/contract.ts'
import { modules } from '../src/modules.ts'

/**
 * Nobody overwrites in silence what somebody else has saved meanwhile. Whatever changes, replaces or removes something carries what its writer saw of it: a `version`, the moment
 * or version it is `basedOn`, or the values `before`. What carries none stands here with the reason why nothing can be lost.
 */
const seen = ['version', 'otherVersion', 'basedOn', 'before']

const unversioned: Readonly<Record<string, readonly string[]>> = {
  'one’s own, which nobody else writes': [
    'PATCH /organization/session',
    'PUT /organization/notifications/choices',
    'PUT /organization/notifications/reading',
    'PUT /knowledge/articles/:articleId/reading',
    'PUT /knowledge/bulletins/:bulletinId/reading',
    'POST /knowledge/courses/:courseId/completion',
    'POST /p/language',
    'POST /commitments/feed',
    'DELETE /commitments/feed',
    'DELETE /organization/identities/:identityId',
    'DELETE /organization/keys/:keyId',
    'DELETE /organization/sessions',
    'DELETE /organization/sessions/:sessionId',
  ],
  'a switch: it says what shall hold, not a change of what held, and has no third state that could be lost': [
    'PUT /customers/:id/profiling',
    'POST /advisory-meetings/:meetingId/attendees',
    'DELETE /advisory-meetings/:meetingId/attendees/:customerId',
    'PUT /import-plans/:id/state',
    'PUT /order-intakes/:id/state',
    'PUT /webhooks/:id/state',
    'PUT /mailboxes/:id/state',
    'PUT /organization/users/:userId/access',
    'PUT /customer-needs/:needId/products/:productCode',
    'DELETE /customer-needs/:needId/products/:productCode',
  ],
  'a secret that is replaced whole; nobody can see the one before': [
    'PUT /organization/single-sign-on/secret',
    'POST /order-intakes/:id/secret',
    'POST /webhooks/:id/secret',
    'POST /organization/users/:userId/password',
    'POST /organization/invitations/:invitationId/link',
  ],
  'ends or removes what is made and ended, but never changed in between': [
    'DELETE /commitments/users/:userId/feed',
    'DELETE /customers/:id/attachments/:fileId',
    'DELETE /customers/:id/relations/:relationId',
    'DELETE /organization/all-keys/:keyId',
    'DELETE /organization/invitations/:invitationId',
    'DELETE /organization/users/:userId/identities/:identityId',
    'DELETE /organization/users/:userId/second-factor',
    'DELETE /organization/users/:userId/sessions',
    'DELETE /organization/users/:userId/sessions/:sessionId',
    'DELETE /customer-own-fields/:fieldId/values',
    'DELETE /knowledge/courses/:courseId/completions/:userId',
    'DELETE /case-audits/:auditId/findings/:findingId',
    'DELETE /knowledge/recognitions/:recognitionId',
    'DELETE /cases/:caseId/links',
  ],
  'makes something new; where a name can be taken, one that is taken is refused': [
    'POST /cases/:caseId/messages',
    'POST /p/complaint',
    'POST /p/suggestion',
    'POST /p/enquiry',
    'POST /p/follow',
    'POST /p/case/:token/messages',
    'POST /case-files',
    'POST /cases',
    'POST /case-problems',
    'POST /case-reviews',
    'POST /case-reviews/:reviewId/entries',
    'POST /case-audits',
    'POST /case-audits/:auditId/findings',
    'POST /service-points',
    'POST /service-points/:pointId/tickets',
    'POST /publications',
    'POST /non-customer-cases',
    'POST /advisory-groups',
    'POST /advisory-groups/:groupId/members',
    'POST /advisory-meetings',
    'POST /advisory-meetings/:meetingId/minutes',
    'POST /case-problems/:problemId/actions',
    'POST /customers/:customerId/desertions',
    'POST /commitments',
    'POST /customer-segments',
    'POST /customers',
    'POST /customers/:customerId/orders',
    'POST /desk/cases',
    'POST /customers/:id/attachments',
    'POST /customers/:id/consents',
    'POST /customers/:id/contact-points',
    'POST /customers/:id/erasures',
    'POST /customers/:id/interactions',
    'POST /customers/:id/key-persons',
    'POST /customers/:id/relations',
    'POST /customers/:id/used-competitors',
    'POST /import-files',
    'POST /knowledge/articles',
    'POST /knowledge/articles/:articleId/checks',
    'POST /knowledge/bulletins',
    'POST /knowledge/courses',
    'POST /knowledge/courses/:courseId/completions',
    'POST /knowledge/recognitions',
    'POST /knowledge/techniques',
    'POST /knowledge/techniques/:techniqueId/practices',
    'POST /knowledge/techniques/:techniqueId/uses',
    'POST /knowledge/templates',
    'POST /import-plans',
    'POST /order-intakes',
    'POST /orders/:id/refunds',
    'POST /orders/:id/deliveries',
    'POST /orders/:id/freight-events',
    'POST /orders/:id/disputes',
    'POST /organization/calendars',
    'POST /organization/departments',
    'POST /organization/first-administrator',
    'POST /organization/invitations',
    'POST /organization/invitations/acceptance',
    'POST /organization/keys',
    'POST /organization/teams',
    'POST /organization/roles',
    'POST /case-bodies',
    'POST /case-causes',
    'POST /case-remedies',
    'POST /case-routes',
    'POST /organization/absences',
    'POST /staff-recognitions',
    'POST /customers/:customerId/services',
    'POST /customers/:customerId/proposals',
    'POST /signals',
    'POST /value/spend',
    'POST /value/service-policies',
    'POST /value/service-features',
    'POST /value/services',
    'POST /value/customers/:customerId/observations',
    'POST /value/customers/:customerId/services-given',
    'POST /value/customers/:customerId/treatments',
    'POST /webhooks',
    'POST /mailboxes',
  ],
  'gives what is nobody’s to whoever asks; two who ask at once get different ones': [
    'POST /cases/next',
    'POST /service-points/:pointId/calls',
  ],
  'happens once: what was done already is answered with, or refused': [
    'POST /minutes-items/:itemId/suggestion',
    'POST /p/case/:token/appeal',
    'POST /p/case/:token/appeal-withdrawal',
    'POST /p/case/:token/feedback',
    'POST /p/case/:token/quote-answer',
    'POST /p/case/:token/remedy-answer',
    'POST /p/case/:token/withdrawal',
    'POST /customers/:customerId/archive-reviews',
    'POST /customers/:id/merges/:mergeId/undoing',
    'POST /runs/:id/cancellation',
    'POST /runs/:id/undoing',
    'POST /signals/:signalId/reaction',
  ],
  'begins work, or looks: it writes nothing that people edit': [
    'POST /audit/verifications',
    'POST /backups',
    'POST /cases/:caseId/mails/:caseMailId/pictures',
    'POST /backups/:backupId/verification',
    'POST /customer-duplicates/searches',
    'POST /demo',
    'POST /import-files/:fileId/inspection',
    'POST /import-plans/:id/looks',
    'POST /knowledge/phrase-hints',
    'POST /knowledge/templates/:templateId/renderings',
    'POST /imports',
    'POST /order-intakes/:id/deliveries/:deliveryId/repetition',
    'POST /organization/invitations/opening',
    'POST /value/valuations',
    'POST /webhooks/:id/deliveries/:deliveryId/repetition',
    'POST /webhooks/:id/trials',
    'POST /mailboxes/:id/trials',
    'POST /mails-in/:id/pictures',
    'POST /mails-in/:id/repetition',
    'POST /mails-out/:id/repetition',
  ],
  'many at once, by a run that notes what each was before and can be taken back': ['POST /customer-changes', 'POST /customer-hand-overs'],
  'the full state as another system has it; what people changed by hand is left alone': ['POST /orders/batch', 'POST /order-intake/:token'],
}

const writes = modules.flatMap((module) => Object.values(module.api)).filter(({ method }) => method !== 'GET')
const address = ({ method, path }: Endpoint) => `${method} ${path}`
const fieldsOf = ({ input }: Endpoint) => ('shape' in input ? Object.keys(input.shape as object) : [])
const saysWhatWasSeen = (endpoint: Endpoint) => fieldsOf(endpoint).some((field) => seen.includes(field))
/** A field that may be left out protects nobody. */
const mayLeaveItOut = (endpoint: Endpoint) => {
  const shape =
    'shape' in endpoint.input ? (endpoint.input.shape as Record<string, { safeParse(value: unknown): { success: boolean } }>) : {}
  return seen.some((field) => shape[field]?.safeParse(undefined).success ?? false)
}

test('whoever changes, replaces or removes something says what they saw of it, or stands in the list with the reason', () => {
  expect(
    writes
      .filter((endpoint) => !saysWhatWasSeen(endpoint))
      .map(address)
      .toSorted(),
  ).toEqual(Object.values(unversioned).flat().toSorted())
})

test('what was seen cannot be left out', () => {
  expect(writes.filter(mayLeaveItOut).map(address)).toEqual([])
})
