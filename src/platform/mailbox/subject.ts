import type { Mention, Subject } from '../subject/subject.ts'
import { forgetCorrespondence } from './forget-store.ts'

/** Mails are nobody's archive: whoever takes one keeps what they need. What is left here of somebody who is erased goes: the mails from and to their addresses in whole, and their name out of the others. */
export const mailboxSubject: Subject = {
  tables: [],
  forget: (db, texts) =>
    forgetCorrespondence(
      db,
      texts.filter((text) => text.includes('@')),
      new Date(),
    ),
}

/** Addresses stay as they are here: by them the mails are found that go in whole. */
export const mailboxMentions: readonly Mention[] = [
  {
    table: 'platform.mail_in',
    key: ['id'],
    columns: ['from_name', 'recipients', 'subject', 'body', 'html', 'attachments', 'problem'],
    how: 'strike',
  },
  { table: 'platform.mail_out', key: ['id'], columns: ['to_name', 'copies', 'subject', 'body', 'html', 'problem_detail'], how: 'strike' },
]
