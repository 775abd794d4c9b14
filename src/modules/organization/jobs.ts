import { listBackups } from '#platform/backup/backups.ts'
import type { Context } from '#platform/context.ts'
import { dropUploads } from '#platform/imports/drop-uploads.ts'
import { sendMail } from '#platform/mail.ts'
import { job } from '#platform/module.ts'
import { openRun, requestRun } from '#platform/runs/store.ts'
import { passwordLinkRequested } from '#platform/sign-in/facts.ts'
import { passwordLink, userById } from '#platform/sign-in/users.ts'
import { dropReads } from '#platform/trail/drop-reads.ts'
import { dayIn, type Language, languages, nextBackup } from './domain.ts'
import { settingChanged, userInvited } from './facts.ts'
import { readSetting } from './public.ts'
import { backupKind } from './runs/backups.ts'
import { auditSetting, backupsSetting, organizationProfile, uploadsSetting } from './settings.ts'
import { preferenceOf } from './store/people.ts'
import en from './texts/en.json' with { type: 'json' }
import simplified from './texts/zh-CN.json' with { type: 'json' }
import traditional from './texts/zh-TW.json' with { type: 'json' }

const texts = { en, 'zh-CN': simplified, 'zh-TW': traditional } as const

/** A link works for an hour when somebody asked for it themselves, and for a week when an administrator sent it. */
const hoursOfReset = 1
const hoursOfInvitation = 168

export const jobs = [
  job({
    name: 'organization.send-password-link',
    on: passwordLinkRequested,
    run: (context, { userId }) => sendLink(context, userId, 'reset', hoursOfReset),
  }),
  job({
    name: 'organization.send-invitation',
    on: userInvited,
    run: (context, { userId }) => sendLink(context, userId, 'invitation', hoursOfInvitation),
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
    name: 'organization.back-up',
    every: '*/10 * * * *',
    run: backUpWhenDue,
  }),
  job({
    name: 'organization.drop-reads',
    every: '50 3 * * *',
    async run(context) {
      await dropReads(context, (await readSetting(context.db, auditSetting)).readsKeptDays)
    },
  }),
]

/** Asks for the backup of the day when its hour has come; one that fails is tried twice more. */
async function backUpWhenDue({ db, house, now, newId }: Context): Promise<void> {
  const setting = await readSetting(db, backupsSetting)
  if (!setting.enabled || house.dataFolder === undefined || (await openRun(db, backupKind))) return
  const { timeZone } = await readSetting(db, organizationProfile)
  const today = (await listBackups(db, 20)).filter(
    ({ occasion, madeAt }) => occasion === 'scheduled' && dayIn(timeZone, madeAt) === dayIn(timeZone, now),
  )
  const last = today.find(({ problem }) => problem === null)?.madeAt ?? null
  if (today.length >= 3 || now < nextBackup({ timeZone, hour: setting.hour, now, last })) return
  await requestRun(db, { id: newId(), kind: backupKind, group: backupKind, input: { occasion: 'scheduled' }, requestedBy: 'system', now })
}

/** Makes the secret here and nowhere else: it stands in the mail, and its hash in the database, both or neither. A repetition sends another link. */
async function sendLink({ db, house, now }: Context, userId: string, kind: 'reset' | 'invitation', hours: number): Promise<void> {
  const user = await userById(db, userId)
  if (!house.mail || !user || user.disabledAt) return
  const profile = await readSetting(db, organizationProfile)
  const chosen = (await preferenceOf(db, userId))?.language
  const words = texts[languages.find((one) => one === chosen) ?? (profile.locale satisfies Language)]
  const token = await passwordLink(db, userId, hours, now)
  const values = {
    name: user.name,
    organization: profile.name,
    link: `${house.address ?? ''}/reset-password?token=${token}`,
    hours,
    days: Math.floor(hours / 24),
  }
  const write = (template: string) =>
    template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name as keyof typeof values] ?? ''))
  const { subject, text } = kind === 'reset' ? resetMail(words.mail) : invitationMail(words.mail)
  await sendMail(house.mail, { to: user.email, subject: write(subject), text: write(text) })
}

type MailWords = (typeof en)['mail']
const resetMail = (words: MailWords) => ({ subject: words.resetSubject, text: words.resetText })
const invitationMail = (words: MailWords) => ({ subject: words.invitationSubject, text: words.invitationText })
