import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Action } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { identityUnlinked } from '#platform/sign-in/facts.ts'
import { hasPassword, identitiesOf, unlinkIdentity } from '#platform/sign-in/identities.ts'
import { makeKey as addKey, revokeKey as endKey, type Key, keysBefore } from '#platform/sign-in/keys.ts'
import { endOtherSessions as endOthers, endSession, openSessionsOf } from '#platform/sign-in/open-sessions.ts'
import { removeSecondFactor, secondFactorsOf } from '#platform/sign-in/second-factor.ts'
import { endSessions, holdUser, userById } from '#platform/sign-in/users.ts'
import type { accessApi as api } from '../api/access.ts'
import { deviceOf } from '../domain/device.ts'
import { keyMade, keyRevoked, secondFactorReset, sessionsEnded } from '../facts.ts'
import { readSetting } from '../public.ts'
import { secondFactorSetting } from '../settings.ts'
import { refuseAccountBeyondOwn, refuseKey } from './doors.ts'

export const ownSessions: Action<typeof api.ownSessions> = async (context) => sessionsOf(context, (await myself(context)).id)

export const endOwnSession: Action<typeof api.endOwnSession> = async (context, { sessionId }) =>
  endOne(context, (await myself(context)).id, sessionId)

export const endOtherSessions: Action<typeof api.endOtherSessions> = async (context) => {
  const { id } = await myself(context)
  const { through } = context.actor
  const ended = await endOthers(context.db, id, through?.kind === 'session' ? through.id : null)
  await context.publish(sessionsEnded, { userId: id, count: ended })
  return { ended }
}

export const sessionsOfUser: Action<typeof api.sessionsOfUser> = async (context, { userId }) =>
  sessionsOf(context, (await userCalled(context, userId)).id)

export const endSessionOfUser: Action<typeof api.endSessionOfUser> = async (context, { userId, sessionId }) => {
  await userCalled(context, userId)
  await refuseAccountBeyondOwn(context, userId)
  return endOne(context, userId, sessionId)
}

export const endSessionsOfUser: Action<typeof api.endSessionsOfUser> = async (context, { userId }) => {
  await userCalled(context, userId)
  await refuseAccountBeyondOwn(context, userId)
  const ended = await endOthers(context.db, userId, null)
  await context.publish(sessionsEnded, { userId, count: ended })
  return { ended }
}

export const secondFactor: Action<typeof api.secondFactor> = async (context) => {
  const { id } = await myself(context)
  const found = (await secondFactorsOf(context.db, [id])).get(id)
  const { roles } = await readSetting(context.db, secondFactorSetting)
  return {
    since: found?.since ?? null,
    recoveryCodesLeft: found?.recoveryCodesLeft ?? 0,
    required: context.actor.roles.some((role) => roles.includes(role)),
  }
}

export const resetSecondFactor: Action<typeof api.resetSecondFactor> = async (context, { userId }) => {
  refuseKey(context)
  await userCalled(context, userId)
  await refuseAccountBeyondOwn(context, userId)
  if (userId === context.actor.id)
    throw refuse('conflict', 'own-second-factor', 'One’s own second factor is removed on one’s own profile, with a code')
  if (!(await removeSecondFactor(context.db, userId))) throw refuse('conflict', 'no-second-factor', 'There is no second factor to reset')
  await endSessions(context.db, userId)
  await context.publish(secondFactorReset, { userId })
  return {}
}

export const ownIdentities: Action<typeof api.ownIdentities> = async (context) => ({
  items: await identitiesOf(context.db, (await myself(context)).id),
})

export const unlinkOwnIdentity: Action<typeof api.unlinkOwnIdentity> = async (context, { identityId }) => {
  const { id } = await myself(context)
  await unlink(context, id, identityId)
  if (!(await hasPassword(context.db, id)) && (await identitiesOf(context.db, id)).length === 0)
    throw refuse('conflict', 'only-way-in', 'This is the only way in; choose a password first')
  return {}
}

export const identitiesOfUser: Action<typeof api.identitiesOfUser> = async (context, { userId }) => ({
  items: await identitiesOf(context.db, (await userCalled(context, userId)).id),
})

export const unlinkIdentityOfUser: Action<typeof api.unlinkIdentityOfUser> = async (context, { userId, identityId }) => {
  await userCalled(context, userId)
  await refuseAccountBeyondOwn(context, userId)
  await unlink(context, userId, identityId)
  await context.publish(sessionsEnded, { userId, count: await endOthers(context.db, userId, null) })
  return {}
}

export const ownKeys: Action<typeof api.ownKeys> = async (context, input) => keyPage(context, (await myself(context)).id, input)

export const keys: Action<typeof api.keys> = (context, input) => keyPage(context, null, input)

export const makeKey: Action<typeof api.makeKey> = async (context, { name, permissions, expiresAt, forService }) => {
  const { db, actor, now } = context
  const { id: ownerId } = await myself(context)
  if (forService && !actor.can('organization.manage-users'))
    throw refuse('forbidden', 'services-by-administrators', 'Keys for other systems are made by administrators')
  const beyond = permissions.find((permission) => !actor.can(permission))
  if (beyond)
    throw refuse('forbidden', 'key-beyond-maker', `A key may do only what its maker may do, and not ${beyond}`, {
      fields: [{ field: 'permissions', reason: 'key-beyond-maker', detail: `You may not do ${beyond} yourself` }],
      values: { permission: beyond },
    })
  if (expiresAt !== null && expiresAt <= now)
    throw refuse('invalid', 'expires-in-past', 'The key would have expired already', {
      fields: [{ field: 'expiresAt', reason: 'expires-in-past', detail: 'It lies in the past' }],
    })
  const id = context.newId()
  const given = [...new Set(permissions)].toSorted()
  const key = await addKey(db, { id, ownerId, name, forService, permissions: given, expiresAt }, now)
  await context.publish(keyMade, { keyId: id, userId: ownerId, forService, permissions: given })
  return { id, key }
}

export const revokeOwnKey: Action<typeof api.revokeOwnKey> = async (context, { keyId }) =>
  revoke(context, keyId, (await myself(context)).id)

export const revokeKey: Action<typeof api.revokeKey> = (context, { keyId }) => revoke(context, keyId, null)

/** The person who acts, in person: what opens doors is not handed on by a key, which may lie in a program's settings. */
async function myself({ db, actor }: Context) {
  refuseKey({ actor })
  const user = await userById(db, actor.id)
  if (!user) throw refuse('missing', 'no-such-user', 'Only somebody who signed in with an account of their own has this')
  return user
}

async function userCalled({ db }: Context, id: string) {
  const user = await userById(db, id)
  if (!user) throw refuse('missing', 'no-such-user', 'There is no such user')
  return user
}

async function sessionsOf({ db, actor, now }: Context, userId: string) {
  const open = await openSessionsOf(db, userId, now)
  return {
    items: open.map(({ device, ...session }) => {
      const current = actor.through?.id === session.id
      return { ...session, ...deviceOf(device), current, usedAt: current ? now : session.usedAt }
    }),
  }
}

async function endOne(context: Context, userId: string, sessionId: string) {
  if (!(await endSession(context.db, userId, sessionId))) throw refuse('missing', 'no-such-session', 'This session has ended already')
  await context.publish(sessionsEnded, { userId, count: 1 })
  return { ended: 1 }
}

async function unlink({ db, publish }: Context, userId: string, identityId: string): Promise<void> {
  await holdUser(db, userId)
  const issuer = await unlinkIdentity(db, userId, identityId)
  if (issuer === null) throw refuse('missing', 'no-such-identity', 'There is no such connection')
  await publish(identityUnlinked, { userId, issuer })
}

async function keyPage({ db }: Context, ownerId: string | null, input: { cursor?: string | undefined; limit?: number | undefined }) {
  const { cursor, limit = defaultPageSize } = input
  const before = cursor === undefined ? null : String(placeOf(cursor, ['uuid'])[0])
  const rows = await keysBefore(db, ownerId, before, limit + 1)
  const shown = rows.slice(0, limit)
  return { items: shown.map(keyView), next: rows.length > limit ? cursorOf([shown.at(-1)!.id]) : null }
}

const keyView = ({ ownerId, ownerName, permissions, ...key }: Key) => ({
  ...key,
  permissions: [...permissions],
  owner: { id: ownerId, name: ownerName },
})

async function revoke(context: Context, keyId: string, ownerId: string | null) {
  const userId = await endKey(context.db, keyId, ownerId, context.now)
  if (userId === null) throw refuse('missing', 'no-such-key', 'There is no such key')
  // What is refused here takes back what was just written.
  if (ownerId === null) await refuseAccountBeyondOwn(context, userId)
  await context.publish(keyRevoked, { keyId, userId })
  return {}
}
