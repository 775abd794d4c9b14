/** A worker for crash tests: reads mailboxes and ends itself with SIGKILL in the transaction of the mail of the given number. */
import { connect } from '#platform/database/connection.ts'
import { createLog } from '#platform/log.ts'
import { startMailListener } from '#platform/mailbox/listener.ts'
import { sealingIn } from '#platform/sealing.ts'
import { modules } from '../../src/modules.ts'
import { contextMaker } from '../../src/product.ts'

const [url = '', folder = '', count = ''] = process.argv.slice(2)
const contextOf = contextMaker(modules)
let mails = 0

startMailListener({
  database: connect(url),
  log: createLog('error'),
  now: () => new Date(),
  name: 'crashing',
  contextOf(db, now, actor) {
    if (++mails === Number(count)) process.kill(process.pid, 'SIGKILL')
    return contextOf(db, now, actor)
  },
  sealing: sealingIn(folder),
})
