import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Action } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { hashOf, normalEmail, randomToken } from '#platform/sign-in/credentials.ts'
import { checkPassword, createUser, namesOf, userByEmail } from '#platform/sign-in/users.ts'
import type { invitationsApi as api } from '../api/invitations.ts'
import { invitationMade, invitationRevoked, userAdded } from '../facts.ts'
import { readSetting } from '../public.ts'
import { organizationProfile } from '../settings.ts'
import {
  addInvitation,
  type Invitation,
  openInvitation as invitationById,
  invitationByToken,
  openInvitationsBefore,
  setToken,
  revokeInvitation as takeBack,
  takeInvitation,
} from '../store/invitations.ts'
import { giveRoles, unknownRoles } from '../store/roles.ts'
import { refuseBeyondOwn, refuseKey } from './doors.ts'
import { refuseUnknownRoles } from './users.ts'

/** So long a link holds; a new one holds as long again. */
const days = 7

export const invitations: Action<typeof api.invitations> = async (context, { cursor, limit = defaultPageSize }) => {
  const before = cursor === undefined ? null : String(placeOf(cursor, ['uuid'])[0])
  const rows = await openInvitationsBefore(context.db, before, limit + 1)
  const shown = rows.slice(0, limit)
  return { items: await views(context, shown), next: rows.length > limit ? cursorOf([shown.at(-1)!.id]) : null }
}

export const invite: Action<typeof api.invite> = async (context, { email: written, roles }) => {
  const { db, now, actor } = context
  const email = normalEmail(written)
  refuseKey(context)
  await refuseUnknownRoles(context, roles)
  await refuseBeyondOwn(context, roles)
  if (await userByEmail(db, email)) throw atEmail('email-taken', 'Somebody with this e-mail address already exists')
  const id = context.newId()
  const invitation = { id, email, roles: [...new Set(roles)], invitedBy: actor.id, invitedAt: now, expiresAt: inDays(now) }
  if (!(await addInvitation(db, invitation))) throw atEmail('already-invited', 'This address is invited already; send a new link instead')
  return { link: await sendOrShow(context, id), invitation: await view(context, id) }
}

export const renewInvitation: Action<typeof api.renewInvitation> = async (context, { invitationId }) => {
  refuseKey(context)
  await refuseBeyondOwn(context, (await invitationCalled(context, invitationId)).roles)
  return { link: await sendOrShow(context, invitationId), invitation: await view(context, invitationId) }
}

export const revokeInvitation: Action<typeof api.revokeInvitation> = async (context, { invitationId }) => {
  await refuseBeyondOwn(context, (await invitationCalled(context, invitationId)).roles)
  if (!(await takeBack(context.db, invitationId, context.now))) throw noSuchInvitation()
  await context.publish(invitationRevoked, { invitationId })
  return {}
}

export const openInvitation: Action<typeof api.openInvitation> = async ({ db, now }, { token }) => {
  const invitation = await invitationByToken(db, hashOf(token), now)
  if (!invitation) throw usedOrExpired()
  return { email: invitation.email, organization: (await readSetting(db, organizationProfile)).name }
}

export const acceptInvitation: Action<typeof api.acceptInvitation> = async (context, { token, name, password }) => {
  const { db, now } = context
  const invitation = await takeInvitation(db, hashOf(token), now)
  if (!invitation) throw usedOrExpired()
  const { email } = invitation
  checkPassword(password, [name, email, ...email.split('@')])
  const id = context.newId()
  await createUser(db, { id, name, email, password, initialPassword: false }, now)
  // A role may have gone since.
  const gone = await unknownRoles(db, invitation.roles)
  const roles = invitation.roles.filter((role) => !gone.includes(role))
  await giveRoles(db, id, roles)
  const self = context.actingAs({ kind: 'person', id, name, roles, can: () => false, reach: () => [] })
  await self.publish(userAdded, { userId: id, roles })
  return { email }
}

/** With outgoing mail the job makes the secret, and it stands in the mail alone; else it is made here and shown once. */
async function sendOrShow({ db, now, house, publish }: Context, id: string): Promise<string | null> {
  const token = house.mail ? null : randomToken()
  await setToken(db, id, token === null ? null : hashOf(token), inDays(now))
  await publish(invitationMade, { invitationId: id })
  return token === null ? null : invitationLink(house, token)
}

/** The secret stands behind #, so that it reaches neither the log of a proxy nor the address that a page hands on. */
export const invitationLink = ({ address = '' }: Context['house'], token: string): string => `${address}/invitation#${token}`

async function invitationCalled({ db }: Context, id: string): Promise<Invitation> {
  const invitation = await invitationById(db, id)
  if (!invitation) throw noSuchInvitation()
  return invitation
}

const view = async (context: Context, id: string) => (await views(context, [await invitationCalled(context, id)]))[0]!

async function views({ db, now }: Context, rows: readonly Invitation[]) {
  const names = await namesOf(
    db,
    rows.map(({ invitedBy }) => invitedBy),
  )
  return rows.map(({ invitedBy, roles, ...row }) => ({
    ...row,
    roles: [...roles],
    invitedByName: names.get(invitedBy) ?? null,
    expired: row.expiresAt <= now,
  }))
}

const inDays = (now: Date) => new Date(now.getTime() + days * 86_400_000)
const atEmail = (reason: string, detail: string) => refuse('conflict', reason, detail, { fields: [{ field: 'email', reason, detail }] })
const noSuchInvitation = () => refuse('missing', 'no-such-invitation', 'This invitation was taken or taken back already')
const usedOrExpired = () =>
  refuse('invalid', 'invitation-used-or-expired', 'This invitation was used already, taken back, or is too old; ask for a new one')
