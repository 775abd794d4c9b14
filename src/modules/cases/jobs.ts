import { assignmentJobs } from './jobs/assignment.ts'
import { clockJobs } from './jobs/clocks.ts'
import { contestJobs } from './jobs/contests.ts'
import { handOverJobs } from './jobs/hand-over.ts'
import { mailJobs } from './jobs/mails.ts'
import { owedJobs } from './jobs/owed.ts'
import { proactiveJobs } from './jobs/proactive.ts'
import { responsibilityJobs } from './jobs/responsibility.ts'
import { reviewJobs } from './jobs/reviews.ts'
import { seeingJobs } from './jobs/seeing.ts'
import { voiceJobs } from './jobs/voice.ts'

export const jobs = [
  ...clockJobs,
  ...contestJobs,
  ...assignmentJobs,
  ...handOverJobs,
  ...responsibilityJobs,
  ...mailJobs,
  ...owedJobs,
  ...proactiveJobs,
  ...seeingJobs,
  ...voiceJobs,
  ...reviewJobs,
]
