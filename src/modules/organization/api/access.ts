import { z } from 'zod'
import { endpoint, instant, nothing, page, paging } from '#platform/contract.ts'

/** How people and programs come in: sessions, second factors, keys. */

export const SessionView = z.object({
  id: z.uuid(),
  /** As far as the browser says; null where it does not. */
  browser: z.string().nullable(),
  system: z.string().nullable(),
  /** The network address that it was begun from. */
  address: z.string(),
  startedAt: instant,
  usedAt: instant,
  current: z.boolean(),
})
const sessions = z.object({ items: z.array(SessionView) })

export const IdentityView = z.object({ id: z.uuid(), issuer: z.string(), linkedAt: instant })
const identities = z.object({ items: z.array(IdentityView) })

export const KeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  owner: z.object({ id: z.uuid(), name: z.string() }),
  forService: z.boolean(),
  /** The first letters of the key. */
  beginning: z.string(),
  /** What it was given; it can do of this what its owner may do. */
  permissions: z.array(z.string()),
  createdAt: instant,
  expiresAt: instant.nullable(),
  usedAt: instant.nullable(),
})

const ofUser = z.object({ userId: z.uuid() })
const ended = z.object({ ended: z.int() })

export const accessApi = {
  ownSessions: endpoint('GET /organization/sessions', {
    summary: 'Where one is signed in',
    permission: 'organization.read',
    about: 'nobody',
    input: nothing,
    result: sessions,
  }),
  endOwnSession: endpoint('DELETE /organization/sessions/:sessionId', {
    summary: 'Ends one of one’s own sessions',
    permission: 'organization.read',
    about: 'nobody',
    input: z.object({ sessionId: z.uuid() }),
    result: ended,
  }),
  endOtherSessions: endpoint('DELETE /organization/sessions', {
    summary: 'Ends all of one’s own sessions but this one',
    permission: 'organization.read',
    about: 'nobody',
    input: nothing,
    result: ended,
  }),
  sessionsOfUser: endpoint('GET /organization/users/:userId/sessions', {
    summary: 'Where somebody is signed in',
    permission: 'organization.manage-users',
    about: 'nobody',
    input: ofUser,
    result: sessions,
  }),
  endSessionOfUser: endpoint('DELETE /organization/users/:userId/sessions/:sessionId', {
    summary: 'Ends one of somebody’s sessions',
    permission: 'organization.manage-users',
    about: 'nobody',
    input: z.object({ userId: z.uuid(), sessionId: z.uuid() }),
    result: ended,
  }),
  endSessionsOfUser: endpoint('DELETE /organization/users/:userId/sessions', {
    summary: 'Ends all of somebody’s sessions',
    permission: 'organization.manage-users',
    about: 'nobody',
    input: ofUser,
    result: ended,
  }),
  secondFactor: endpoint('GET /organization/second-factor', {
    summary: 'Whether one has a second factor, and whether one’s roles ask for it',
    permission: 'organization.read',
    about: 'nobody',
    input: nothing,
    result: z.object({ since: instant.nullable(), recoveryCodesLeft: z.int(), required: z.boolean() }),
  }),
  resetSecondFactor: endpoint('DELETE /organization/users/:userId/second-factor', {
    summary: 'Takes away the second factor of somebody who lost their device; ends their sessions',
    permission: 'organization.manage-users',
    about: 'nobody',
    input: ofUser,
    result: nothing,
  }),
  ownIdentities: endpoint('GET /organization/identities', {
    summary: 'The accounts at sign-in providers by which one comes in',
    permission: 'organization.read',
    about: 'nobody',
    input: nothing,
    result: identities,
  }),
  unlinkOwnIdentity: endpoint('DELETE /organization/identities/:identityId', {
    summary: 'From now on one no longer comes in by this account at a provider; refused where it is the only way in',
    permission: 'organization.read',
    about: 'nobody',
    input: z.object({ identityId: z.uuid() }),
    result: nothing,
  }),
  identitiesOfUser: endpoint('GET /organization/users/:userId/identities', {
    summary: 'The accounts at sign-in providers by which somebody comes in',
    permission: 'organization.manage-users',
    about: 'nobody',
    input: ofUser,
    result: identities,
  }),
  unlinkIdentityOfUser: endpoint('DELETE /organization/users/:userId/identities/:identityId', {
    summary: 'Takes away an account at a provider by which somebody comes in; ends their sessions',
    permission: 'organization.manage-users',
    about: 'nobody',
    input: z.object({ userId: z.uuid(), identityId: z.uuid() }),
    result: nothing,
  }),
  ownKeys: endpoint('GET /organization/keys', {
    summary: 'One’s own keys for programs, the newest first',
    permission: 'organization.read',
    about: 'nobody',
    input: z.object(paging),
    result: page(KeyView),
  }),
  makeKey: endpoint('POST /organization/keys', {
    summary: 'Makes a key, which is shown once; it may do at most what its maker may do, now and later',
    permission: 'organization.make-keys',
    about: 'nobody',
    idempotency: 'none',
    input: z.object({
      name: z.string().trim().min(1).max(120),
      permissions: z.array(z.string().max(100)).min(1).max(500),
      expiresAt: instant.nullable(),
      /** For another system rather than for oneself; only for administrators. */
      forService: z.boolean().default(false),
    }),
    result: z.object({ id: z.uuid(), key: z.string() }),
  }),
  revokeOwnKey: endpoint('DELETE /organization/keys/:keyId', {
    summary: 'Ends one of one’s own keys for good',
    permission: 'organization.read',
    about: 'nobody',
    input: z.object({ keyId: z.uuid() }),
    result: nothing,
  }),
  keys: endpoint('GET /organization/all-keys', {
    summary: 'Everybody’s keys, the newest first',
    permission: 'organization.manage-users',
    about: 'nobody',
    input: z.object(paging),
    result: page(KeyView),
  }),
  revokeKey: endpoint('DELETE /organization/all-keys/:keyId', {
    summary: 'Ends anybody’s key for good',
    permission: 'organization.manage-users',
    about: 'nobody',
    input: z.object({ keyId: z.uuid() }),
    result: nothing,
  }),
}
