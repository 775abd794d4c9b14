/** Restores an archive for crash tests, and ends itself with SIGKILL when the given step begins. */

import { restoreBackup } from '#platform/backup/restore.ts'
import { connect } from '#platform/database/connection.ts'
import { silentQueue } from '#platform/jobs.ts'
import { modules } from '../../src/modules.ts'
import { contextMaker } from '../../src/product.ts'

const [url = '', path = '', dataFolder = '', moment = ''] = process.argv.slice(2)
const database = connect(url, { applicationName: 'patron-restore' })
await restoreBackup(database, {
  path,
  dataFolder,
  modules,
  passphrase: async () => null,
  overwrite: true,
  now: new Date(),
  contextOf: contextMaker(modules, silentQueue),
  onProgress: ({ phase }) => {
    if (phase === moment) process.kill(process.pid, 'SIGKILL')
  },
})
await database.close()
