import type { Actions } from '#platform/module.ts'
import { articleActions } from './actions/articles.ts'
import { bulletinActions } from './actions/bulletins.ts'
import { courseActions } from './actions/courses.ts'
import { inspectionActions } from './actions/inspections.ts'
import { practiceActions } from './actions/practices.ts'
import { techniqueActions } from './actions/techniques.ts'
import { templateActions } from './actions/templates.ts'
import type { knowledgeApi } from './api.ts'

export const knowledgeActions: Actions<typeof knowledgeApi> = {
  ...techniqueActions,
  ...templateActions,
  ...articleActions,
  ...inspectionActions,
  ...bulletinActions,
  ...courseActions,
  ...practiceActions,
}
