import type { Context } from '#platform/context.ts'
import { dropUploads } from '#platform/imports/drop-uploads.ts'
import { planFailing, planFileRefused } from '#platform/imports/facts.ts'
import { sendMail } from '#platform/mail.ts'
import { job } from '#platform/module.ts'
import { runEnded } from '#platform/runs/facts.ts'
import { hashOf, randomToken } from '#platform/sign-in/credentials.ts'
import { identityLinked, passwordLinkRequested } from '#platform/sign-in/facts.ts'
import { passwordLink, userById } from '#platform/sign-in/users.ts'
import { invitationLink } from './actions/invitations.ts'
import { notify } from './actions/notify.ts'
import { type Language, languages } from './domain.ts'
import { invitationMade, notificationsDue, settingChanged } from './facts.ts'
import { alarmJobs } from './jobs/alarms.ts'
import { tellPlanFailing, tellPlanFileRefused, tellRunEnded } from './jobs/imports.ts'
import { keepingJobs } from './jobs/keeping.ts'
import { readSetting } from './public.ts'
import { organizationProfile, uploadsSetting } from './settings.ts'
import { noteSent, openInvitation, setToken } from './store/invitations.ts'
import { dropNotifications, type StoredNotification, takeMailDue, usersWithMailDue } from './store/notifications.ts'
import { preferenceOf } from './store/people.ts'
import { texts } from './texts/index.ts'

/** So long a link to a new password works. */
const hoursOfReset = 1
/** So many people are looked after in one pass; the next comes five minutes later. */
const mostMailed = 1000
const keptDays = 180

export const jobs = [
  ...keepingJobs,
  ...alarmJobs,
  job({
    name: 'organization.send-password-link',
    on: passwordLinkRequested,
    run: (context, { userId }) => sendPasswordLink(context, userId),
  }),
  job({
    name: 'organization.tell-identity-linked',
    on: identityLinked,
    async run(context, { userId, issuer, isNew }) {
      if (!isNew) await notify(context, { to: [userId], kind: 'organization.identity-linked', values: { issuer }, link: '/profile' })
    },
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
  job({
    name: 'organization.tell-run-ended',
    on: runEnded,
    run: (context, { runId, state }) => tellRunEnded(context, runId, state),
  }),
  job({ name: 'organization.tell-plan-failing', on: planFailing, run: tellPlanFailing }),
  job({ name: 'organization.tell-plan-file-refused', on: planFileRefused, run: tellPlanFileRefused }),
  job({
    name: 'organization.find-mail-due',
    every: '*/5 * * * *',
    async run({ db, now, wake }) {
      for (const userId of await usersWithMailDue(db, now, mostMailed)) await wake(notificationsDue, { userId })
    },
  }),
  job({
    name: 'organization.mail-notifications',
    on: notificationsDue,
    run: (context, { userId }) => mailNotifications(context, userId),
  }),
  job({
    name: 'organization.drop-notifications',
    every: '50 3 * * *',
    async run({ db, now }) {
      await dropNotifications(db, new Date(now.getTime() - keptDays * 86_400_000))
    },
  }),
]

/** One mail with all that is due, however much it is. Where it cannot be sent nothing is taken, and the next look finds it again. */
async function mailNotifications({ db, house, now }: Context, userId: string): Promise<void> {
  const user = await userById(db, userId)
  const news = await takeMailDue(db, userId, now)
  if (!house.mail || !user || user.disabledAt || news.length === 0) return
  const { words, language, profile } = await wordsFor(db, userId)
  const lineOf = ({ kind, values, link }: StoredNotification) => {
    const [module = '', what = ''] = kind.split('.')
    const own = house.modules.find(({ name }) => name === module)?.notifications?.texts[language]?.notification[what]
    return own && `• ${filled(own, values)}${link ? `\n  ${house.address ?? ''}${link}` : ''}`
  }
  const lines = news.flatMap((one) => lineOf(one) ?? [])
  if (lines.length === 0) return
  const values = {
    name: user.name,
    organization: profile.name,
    count: lines.length,
    lines: lines.join('\n\n'),
    link: `${house.address ?? ''}/notifications`,
  }
  const { newsSubject, newsText } = words.mail
  await sendMail(house.mail, {
    to: user.email,
    subject: filled(newsSubject, values),
    text: filled(newsText, values),
    automatic: 'generated',
  })
}

async function wordsFor(db: Context['db'], userId: string) {
  const profile = await readSetting(db, organizationProfile)
  const chosen = (await preferenceOf(db, userId))?.language
  const language: Language = languages.find((one) => one === chosen) ?? profile.locale
  return { profile, language, words: texts[language] }
}

const filled = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))

/** Makes the secret here and nowhere else: it stands in the mail, and its hash in the database, both or neither. A repetition sends another link. */
async function sendPasswordLink({ db, house, now }: Context, userId: string): Promise<void> {
  const user = await userById(db, userId)
  if (!house.mail || !user || user.disabledAt) return
  const { words, profile } = await wordsFor(db, userId)
  const token = await passwordLink(db, userId, hoursOfReset, now)
  const link = `${house.address ?? ''}/reset-password?token=${token}`
  const values = { name: user.name, organization: profile.name, link, hours: hoursOfReset }
  const { resetSubject, resetText } = words.mail
  await sendMail(house.mail, {
    to: user.email,
    subject: filled(resetSubject, values),
    text: filled(resetText, values),
    automatic: 'generated',
  })
}

async function sendInvitation({ db, house, now }: Context, id: string): Promise<void> {
  const invitation = await openInvitation(db, id)
  if (!house.mail || !invitation || invitation.expiresAt <= now) return
  const profile = await readSetting(db, organizationProfile)
  const { invitationSubject, invitationText } = texts[profile.locale].mail
  const token = randomToken()
  await setToken(db, id, hashOf(token), invitation.expiresAt)
  const days = Math.round((invitation.expiresAt.getTime() - now.getTime()) / 86_400_000)
  const values = { organization: profile.name, link: invitationLink(house, token), days }
  await sendMail(house.mail, {
    to: invitation.email,
    subject: filled(invitationSubject, values),
    text: filled(invitationText, values),
    automatic: 'generated',
  })
  await noteSent(db, id, now)
}
