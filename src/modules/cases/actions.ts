import type { Actions } from '#platform/module.ts'
import { actActions } from './actions/acts.ts'
import { advisoryActions } from './actions/advisory.ts'
import { archiveActions } from './actions/archive.ts'
import { bodyActions } from './actions/bodies.ts'
import { clockActions } from './actions/clock-acts.ts'
import { contestActions } from './actions/contests.ts'
import { counterActions } from './actions/counters.ts'
import { desertionActions } from './actions/desertions.ts'
import { deskActions } from './actions/desk.ts'
import { fileActions } from './actions/files.ts'
import { followActions } from './actions/follow.ts'
import { goodwillActions } from './actions/goodwill.ts'
import { improvementActions } from './actions/improvements.ts'
import { approvalActions } from './actions/inbox.ts'
import { linkActions } from './actions/links.ts'
import { mailActions } from './actions/mails.ts'
import { reviewActions } from './actions/management-review.ts'
import { messageActions } from './actions/messages.ts'
import { outcomeActions } from './actions/outcomes.ts'
import { personnelActions } from './actions/personnel.ts'
import { portalActions } from './actions/portal.ts'
import { problemActions } from './actions/problems.ts'
import { auditActions } from './actions/process-audit.ts'
import { processActions } from './actions/processes.ts'
import { promiseActions } from './actions/promise.ts'
import { publicationActions } from './actions/publications.ts'
import { qualityActions } from './actions/quality.ts'
import { queueActions } from './actions/queue.ts'
import { readActions } from './actions/read.ts'
import { regimeActions } from './actions/regimes.ts'
import { reportActions } from './actions/report.ts'
import { selfAssessmentActions } from './actions/self-assessments.ts'
import { setupActions } from './actions/setup.ts'
import { staffEntryActions } from './actions/staff.ts'
import { taskActions } from './actions/tasks.ts'
import { voiceActions } from './actions/voice.ts'
import type { casesApi } from './api.ts'

export const casesActions: Actions<typeof casesApi> = {
  ...readActions,
  ...actActions,
  ...clockActions,
  ...queueActions,
  ...counterActions,
  ...processActions,
  ...regimeActions,
  ...fileActions,
  ...deskActions,
  ...qualityActions,
  ...taskActions,
  ...approvalActions,
  ...contestActions,
  ...bodyActions,
  ...staffEntryActions,
  ...personnelActions,
  ...setupActions,
  ...messageActions,
  ...mailActions,
  ...linkActions,
  ...portalActions,
  ...promiseActions,
  ...followActions,
  ...reportActions,
  ...problemActions,
  ...archiveActions,
  ...desertionActions,
  ...selfAssessmentActions,
  ...voiceActions,
  ...publicationActions,
  ...advisoryActions,
  ...goodwillActions,
  ...outcomeActions,
  ...improvementActions,
  ...reviewActions,
  ...auditActions,
}
