import { z } from 'zod'
import { endpoint, instant, nothing, page, paging } from '#platform/contract.ts'

export const InvitationView = z.object({
  id: z.uuid(),
  email: z.string(),
  roles: z.array(z.string()),
  invitedAt: instant,
  invitedByName: z.string().nullable(),
  /** When the mail went out; null where it has not yet, or where the link was shown instead. */
  sentAt: instant.nullable(),
  expiresAt: instant,
  expired: z.boolean(),
})

/** The link is shown once, where no outgoing mail is set up; else it goes to the address and to nobody else. */
const withLink = z.object({ invitation: InvitationView, link: z.string().nullable() })
const one = z.object({ invitationId: z.uuid() })
/** A link's secret: as long as ours are, or it is none. */
const token = z.string().max(200)

export const invitationsApi = {
  invitations: endpoint('GET /organization/invitations', {
    summary: 'Invitations that nobody has taken yet, the newest first',
    permission: 'organization.manage-users',
    about: 'nobody',
    input: z.object(paging),
    result: page(InvitationView),
  }),
  invite: endpoint('POST /organization/invitations', {
    summary: 'Invites an address, with the roles that the person will have',
    permission: 'organization.manage-users',
    about: 'nobody',
    idempotency: 'none',
    input: z.object({
      email: z.string().trim().max(254).regex(z.regexes.email, 'must be an e-mail address'),
      roles: z.array(z.string().max(60)).max(20),
    }),
    result: withLink,
  }),
  renewInvitation: endpoint('POST /organization/invitations/:invitationId/link', {
    summary: 'Sends or shows a new link; the earlier one holds no longer',
    permission: 'organization.manage-users',
    about: 'nobody',
    idempotency: 'none',
    input: one,
    result: withLink,
  }),
  revokeInvitation: endpoint('DELETE /organization/invitations/:invitationId', {
    summary: 'Takes an invitation back',
    permission: 'organization.manage-users',
    about: 'nobody',
    input: one,
    result: nothing,
  }),
  openInvitation: endpoint('POST /organization/invitations/opening', {
    summary: 'Whom the invitation with this link is for',
    permission: 'public',
    about: 'nobody',
    idempotency: 'none',
    input: z.object({ token }),
    result: z.object({ email: z.string(), organization: z.string() }),
  }),
  acceptInvitation: endpoint('POST /organization/invitations/acceptance', {
    summary: 'Takes an invitation, once, and makes the user with name and password',
    permission: 'public',
    about: 'nobody',
    idempotency: 'none',
    input: z.object({ token, name: z.string().trim().min(1).max(120), password: z.string().max(1000) }),
    result: z.object({ email: z.string() }),
  }),
}
