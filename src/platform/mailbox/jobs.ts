import { job } from '../module.ts'
import { forgetSettled, sweepMailedFiles } from './forget-store.ts'
import { handDueMail } from './hand.ts'
import { isMailDue } from './in-store.ts'
import { isMailOutDue } from './out-store.ts'
import { sendDueMail } from './send.ts'
import { showPictures } from './show-pictures.ts'
import { mailsDue, mailsOutDue, picturesAsked } from './wakes.ts'

const dayMilliseconds = 86_400_000
const mostForgotten = 5000

export const mailboxJobs = [
  // One mail in each transaction, so that none holds up or undoes another.
  job({
    name: 'mailbox.hand',
    on: mailsDue,
    async run(context) {
      if (await handDueMail(context)) await context.wake(mailsDue, {})
    },
  }),
  job({
    name: 'mailbox.send',
    on: mailsOutDue,
    async run(context) {
      if (await sendDueMail(context)) await context.wake(mailsOutDue, {})
    },
  }),
  job({ name: 'mailbox.show-pictures', on: picturesAsked, run: (context, { mailId }) => showPictures(context, mailId) }),
  job({
    name: 'mailbox.look-when-due',
    every: '* * * * *',
    async run({ db, now, wake }) {
      if (await isMailDue(db, now)) await wake(mailsDue, {})
      if (await isMailOutDue(db, now)) await wake(mailsOutDue, {})
    },
  }),
  job({
    name: 'mailbox.forget',
    every: '45 * * * *',
    async run({ db, now }) {
      await forgetSettled(db, now, mostForgotten)
    },
  }),
  job({
    name: 'mailbox.sweep-files',
    every: '55 3 * * *',
    async run({ db, now }) {
      await sweepMailedFiles(db, new Date(now.getTime() - dayMilliseconds))
    },
  }),
]
