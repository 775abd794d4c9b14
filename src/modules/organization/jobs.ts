import type { Context } from '#platform/context.ts'
import { dropUploads } from '#platform/imports/drop-uploads.ts'
import { sendMail } from '#platform/mail.ts'
import { job } from '#platform/module.ts'
import { hashOf, randomToken } from '#platform/sign-in/credentials.ts'
import { passwordLinkRequested } from '#platform/sign-in/facts.ts'
import { passwordLink, userById } from '#platform/sign-in/users.ts'
import { invitationLink } from './actions/invitations.ts'
import { type Language, languages } from './domain.ts'
import { invitationMade, settingChanged } from './facts.ts'
import { readSetting } from './public.ts'
import { organizationProfile, uploadsSetting } from './settings.ts'
import { noteSent, openInvitation, setToken } from './store/invitations.ts'
import { preferenceOf } from './store/people.ts'
import en from './texts/en.json' with { type: 'json' }
import simplified from './texts/zh-CN.json' with { type: 'json' }
import traditional from './texts/zh-TW.json' with { type: 'json' }

const texts = { en, 'zh-CN': simplified, 'zh-TW': traditional } as const

/** So long a link to a new password works. */
const hoursOfReset = 1

export const jobs = [
  job({
    name: 'organization.send-password-link',
    on: passwordLinkRequested,
    run: (context, { userId }) => sendPasswordLink(context, userId),
  }),
  job({
    name: 'organization.send-invitation',
    on: invitationMade,
    run: (context, { invitationId }) => sendInvitation(context, invitationId),
  }),
  job({
    name: 'organization.follow-time-zone',
    on: settingChanged,
    async run({ db, house }, { key }) {
      if (key === organizationProfile.key) await house.schedule?.((await readSetting(db, organizationProfile)).timeZone)
    },
  }),
  job({
    name: 'organization.drop-uploads',
    every: '40 3 * * *',
    async run({ db, now }) {
      await dropUploads(db, now, await readSetting(db, uploadsSetting))
    },
  }),
]

/** Makes the secret here and nowhere else: it stands in the mail, and its hash in the database, both or neither. A repetition sends another link. */
async function sendPasswordLink({ db, house, now }: Context, userId: string): Promise<void> {
  const user = await userById(db, userId)
  if (!house.mail || !user || user.disabledAt) return
  const profile = await readSetting(db, organizationProfile)
  const chosen = (await preferenceOf(db, userId))?.language
  const { mail } = texts[languages.find((one) => one === chosen) ?? (profile.locale satisfies Language)]
  const token = await passwordLink(db, userId, hoursOfReset, now)
  const link = `${house.address ?? ''}/reset-password?token=${token}`
  const write = written({ name: user.name, organization: profile.name, link, hours: hoursOfReset })
  await sendMail(house.mail, { to: user.email, subject: write(mail.resetSubject), text: write(mail.resetText) })
}

async function sendInvitation({ db, house, now }: Context, id: string): Promise<void> {
  const invitation = await openInvitation(db, id)
  if (!house.mail || !invitation || invitation.expiresAt <= now) return
  const profile = await readSetting(db, organizationProfile)
  const { mail } = texts[profile.locale satisfies Language]
  const token = randomToken()
  await setToken(db, id, hashOf(token), invitation.expiresAt)
  const days = Math.round((invitation.expiresAt.getTime() - now.getTime()) / 86_400_000)
  const write = written({ organization: profile.name, link: invitationLink(house, token), days })
  await sendMail(house.mail, { to: invitation.email, subject: write(mail.invitationSubject), text: write(mail.invitationText) })
  await noteSent(db, id, now)
}

const written = (values: Readonly<Record<string, string | number>>) => (template: string) =>
  template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
