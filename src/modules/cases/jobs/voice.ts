import { job } from '#platform/module.ts'
import { tellAuthors } from '../actions/telling.ts'
import { publicationMoved } from '../facts.ts'

export const voiceJobs = [
  /** Whoever said it hears what was done about it. */
  job({
    name: 'cases.tell-authors',
    on: publicationMoved,
    run: async (context, { publicationId, state }) => {
      if (state === 'published') await tellAuthors(context, publicationId)
    },
  }),
]
