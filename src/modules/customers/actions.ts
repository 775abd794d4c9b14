import type { Actions } from '#platform/module.ts'
import { archiveActions } from './actions/archive.ts'
import { duplicatesActions } from './actions/duplicates.ts'
import { listActions } from './actions/list.ts'
import { manyActions } from './actions/many.ts'
import { mergeActions } from './actions/merge.ts'
import { peopleActions } from './actions/people.ts'
import { privacyActions } from './actions/privacy.ts'
import { segmentsActions } from './actions/segments.ts'
import { strategyActions } from './actions/strategy.ts'
import { timelineActions } from './actions/timeline.ts'
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
  ...strategyActions,
}
