import { module } from '../module.ts'
import { mailboxActions } from './actions.ts'
import { mailboxApi } from './api.ts'
import { mailboxChecks } from './checks.ts'
import * as facts from './facts.ts'
import { mailboxJobs } from './jobs.ts'
import { holdQueued } from './out-store.ts'
import { mailboxMentions, mailboxSubject } from './subject.ts'
import { tryMailboxRun } from './try-run.ts'

/** Mail in and out. What a mail means is for the modules to say, by their `mail`. */
export const mailbox = module({
  name: 'mailbox',
  api: mailboxApi,
  actions: mailboxActions,
  permissions: { 'mailbox.manage': [] },
  facts: Object.values(facts),
  jobs: mailboxJobs,
  runs: [tryMailboxRun],
  subject: mailboxSubject,
  mentions: mailboxMentions,
  checks: mailboxChecks,
  afterRestore: ({ db, now }) => holdQueued(db, now),
})
