import { sweepFiles } from '../files.ts'
import { forgetKeys } from '../idempotency.ts'
import { job } from '../module.ts'
import { forgetLinks } from '../private-link.ts'
import { forgetStream } from '../stream.ts'

const dayMilliseconds = 86_400_000
/** So long a repeated write is answered with its first outcome. */
const keptKeysDays = 30

/** What the platform need not keep: uploads that a crash cut off, keys that nobody will repeat any more, what was told to those who looked then, and links long ended. */
const sweep = job({
  name: 'runs.sweep-platform',
  every: '15 4 * * *',
  async run({ db, now }) {
    await sweepFiles(db, new Date(now.getTime() - dayMilliseconds))
    await forgetKeys(db, new Date(now.getTime() - keptKeysDays * dayMilliseconds))
    await forgetStream(db, now)
    await forgetLinks(db, now)
  },
})

export const runsJobs = [sweep]
