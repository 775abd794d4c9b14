import { articleEndpoints } from './api/articles.ts'
import { bulletinEndpoints } from './api/bulletins.ts'
import { techniqueEndpoints } from './api/techniques.ts'
import { templateEndpoints } from './api/templates.ts'
import { trainingEndpoints } from './api/training.ts'

export const knowledgeApi = { ...techniqueEndpoints, ...templateEndpoints, ...articleEndpoints, ...bulletinEndpoints, ...trainingEndpoints }
