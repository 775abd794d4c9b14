import type { Actions } from '#platform/module.ts'
import { archiveActions } from './actions/archive.ts'
import { listActions } from './actions/list.ts'
import { peopleActions } from './actions/people.ts'
import { strategyActions } from './actions/strategy.ts'
import { timelineActions } from './actions/timeline.ts'
import type { api } from './api.ts'

export const actions: Actions<typeof api> = { ...listActions, ...archiveActions, ...peopleActions, ...timelineActions, ...strategyActions }
