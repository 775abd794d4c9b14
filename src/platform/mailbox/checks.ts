import { type Check, good, look } from '../doctor/check.ts'
import { countGivenUp } from './in-store.ts'
import { failingMailboxes } from './mailbox-store.ts'
import { countUnsent } from './out-store.ts'

const weekMilliseconds = 7 * 86_400_000
const most = 100

export const mailboxChecks: readonly Check[] = [
  {
    name: 'mailbox.reading',
    async run(db) {
      const failing = await failingMailboxes(db)
      if (failing.length === 0) return good('Every mailbox that is switched on can be read.')
      const [first] = failing
      return look(
        `${failing.length} mailboxes cannot be read, such as ${first!.name} since ${first!.since.toISOString()}: ${first!.problem}.`,
        'Look at the page “Mailboxes”; a connection can be tried there.',
      )
    },
  },
  {
    name: 'mailbox.taking',
    async run(db) {
      const mails = await countGivenUp(db, most)
      if (mails === 0) return good('No mail that came in was given up.')
      return look(
        `${mails}${mails === most ? ' or more' : ''} mails that came in were given up.`,
        'The page “Mailboxes” says why, and tries them again.',
      )
    },
  },
  {
    name: 'mailbox.sending',
    async run(db, now) {
      const mails = await countUnsent(db, new Date(now.getTime() - weekMilliseconds), most)
      if (mails === 0) return good('Every mail of the last week went out.')
      return look(
        `${mails}${mails === most ? ' or more' : ''} mails of the last week did not arrive.`,
        'The page “Mailboxes” says why, and sends them again.',
      )
    },
  },
]
