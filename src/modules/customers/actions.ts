import type { Actions } from '#platform/module.ts'
import { archiveActions } from './actions/archive.ts'
import { consentActions } from './actions/consent.ts'
import { contactActions } from './actions/contact-points.ts'
import { duplicatesActions } from './actions/duplicates.ts'
import { listActions } from './actions/list.ts'
import { manyActions } from './actions/many.ts'
import { mergeActions } from './actions/merge.ts'
import { needActions } from './actions/needs.ts'
import { ownFieldActions } from './actions/own-fields.ts'
import { peopleActions } from './actions/people.ts'
import { privacyActions } from './actions/privacy.ts'
import { relationActions } from './actions/relations.ts'
import { reportActions } from './actions/reports.ts'
import { segmentsActions } from './actions/segments.ts'
import { strategyActions } from './actions/strategy.ts'
import { timelineActions } from './actions/timeline.ts'
import { touchActions } from './actions/touches.ts'
import type { api } from './api.ts'

export const actions: Actions<typeof api> = {
  ...listActions,
  ...archiveActions,
  ...peopleActions,
  ...timelineActions,
  ...mergeActions,
  ...duplicatesActions,
  ...manyActions,
  ...privacyActions,
  ...segmentsActions,
  ...consentActions,
  ...contactActions,
  ...touchActions,
  ...needActions,
  ...relationActions,
  ...ownFieldActions,
  ...reportActions,
  ...strategyActions,
}
