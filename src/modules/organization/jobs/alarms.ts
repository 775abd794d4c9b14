import type { Context } from '#platform/context.ts'
import { mailboxFailing, mailGivenUp } from '#platform/mailbox/facts.ts'
import { mailboxById } from '#platform/mailbox/mailbox-store.ts'
import { job } from '#platform/module.ts'
import { runEnded } from '#platform/runs/facts.ts'
import type { RunView } from '#platform/runs/run-kind.ts'
import { listRuns, openRun, requestRun, runById } from '#platform/runs/store.ts'
import { recoveryCodeUsed } from '#platform/sign-in/facts.ts'
import { webhookDisabled } from '#platform/webhooks/facts.ts'
import { notify } from '../actions/notify.ts'
import { dayIn } from '../domain.ts'
import { passwordReplaced, secondFactorReset } from '../facts.ts'
import { readSetting } from '../public.ts'
import { backupKind } from '../runs/backups.ts'
import { verifyTrailKind } from '../runs/verify-trail.ts'
import { organizationProfile } from '../settings.ts'
import { usersWith } from '../store/roles.ts'

const toProfile = '/profile'

/** What the house does by itself and nobody waits for: whoever may do something about it hears when it goes wrong, and whoever an account belongs to when others have changed it. */
export const alarmJobs = [
  job({
    name: 'organization.verify-trail',
    every: '20 4 * * 0',
    async run({ db, newId, now }) {
      if (await openRun(db, verifyTrailKind)) return
      await requestRun(db, { id: newId(), kind: verifyTrailKind, group: verifyTrailKind, input: {}, requestedBy: 'system', now })
    },
  }),
  job({ name: 'organization.tell-house-work-failed', on: runEnded, run: tellHouseWorkFailed }),
  job({ name: 'organization.tell-trail-broken', on: runEnded, run: tellTrailBroken }),
  job({
    name: 'organization.tell-webhook-off',
    on: webhookDisabled,
    async run(context, { because }) {
      if (because === 'person') return
      const to = await usersWith(context.db, 'webhooks.manage')
      await notify(context, { to, kind: 'organization.webhook-off', values: {}, link: '/webhooks' })
    },
  }),
  job({
    name: 'organization.tell-mailbox-failing',
    on: mailboxFailing,
    run: (context, { mailboxId }) => tellOfMailbox(context, 'organization.mailbox-failing', mailboxId),
  }),
  job({
    name: 'organization.tell-mail-given-up',
    on: mailGivenUp,
    run: (context, { mailboxId }) => tellOfMailbox(context, 'organization.mail-given-up', mailboxId),
  }),
  job({
    name: 'organization.tell-password-replaced',
    on: passwordReplaced,
    run: (context, { userId }) => notify(context, { to: [userId], kind: 'organization.password-replaced', values: {}, link: toProfile }),
  }),
  job({
    name: 'organization.tell-second-factor-reset',
    on: secondFactorReset,
    run: (context, { userId }) => notify(context, { to: [userId], kind: 'organization.second-factor-reset', values: {}, link: toProfile }),
  }),
  job({
    name: 'organization.tell-recovery-code-used',
    on: recoveryCodeUsed,
    run: (context, { userId }) => notify(context, { to: [userId], kind: 'organization.recovery-code-used', values: {}, link: toProfile }),
  }),
]

async function tellOfMailbox(context: Context, kind: string, mailboxId: string): Promise<void> {
  const mailbox = await mailboxById(context.db, mailboxId)
  if (!mailbox) return
  const to = await usersWith(context.db, 'mailbox.manage')
  await notify(context, { to, kind, values: { mailbox: mailbox.name }, link: '/mailboxes' })
}

type Ended = { readonly runId: string; readonly state: 'done' | 'failed' | 'cancelled' }

/** Work that nobody asked for, such as the backup of the night, has nobody to tell; so everybody is told who might have asked for it. */
async function tellHouseWorkFailed(context: Context, { runId, state }: Ended): Promise<void> {
  const run = await runById(context.db, runId)
  if (!run || state !== 'failed' || run.requestedBy !== 'system') return
  const permission = context.house.modules.flatMap(({ runs }) => runs ?? []).find(({ kind }) => kind === run.kind)?.permission
  if (permission === undefined || (run.kind === backupKind && (await failedEarlierThatDay(context, run)))) return
  const to = await usersWith(context.db, permission)
  const kind = run.kind === backupKind ? 'organization.backup-failed' : 'organization.house-work-failed'
  await notify(context, { to, kind, values: { problem: run.problem ?? '' }, link: '/runs' })
}

/** A backup of the night is tried again and again; once a day is enough to hear that it fails. */
async function failedEarlierThatDay({ db }: Context, run: RunView): Promise<boolean> {
  const { timeZone } = await readSetting(db, organizationProfile)
  const day = dayIn(timeZone, run.requestedAt)
  return (await listRuns(db, [run.kind], mostBackupsOfADay)).some(
    ({ requestedAt, requestedBy, state }) =>
      requestedBy === 'system' && state === 'failed' && requestedAt < run.requestedAt && dayIn(timeZone, requestedAt) === day,
  )
}
const mostBackupsOfADay = 50

async function tellTrailBroken(context: Context, { runId, state }: Ended): Promise<void> {
  const run = await runById(context.db, runId)
  if (!run || run.kind !== verifyTrailKind || state !== 'done') return
  const { broken } = run.result as { broken: { block: number } | null }
  if (broken === null) return
  const to = await usersWith(context.db, 'organization.audit')
  await notify(context, { to, kind: 'organization.trail-broken', values: { block: broken.block }, link: '/audit' })
}
