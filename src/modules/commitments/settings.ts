import { z } from 'zod'
import { setting } from '#platform/module.ts'

const cadence = z
  .object({ minimum: z.int().min(0).max(60), maximum: z.int().min(1).max(60), days: z.int().min(1).max(365) })
  .refine(({ minimum, maximum }) => minimum <= maximum, { path: ['maximum'], message: 'must not be less than the minimum' })

/** How often customers of each tier are contacted: at least and at most so many times within any so many days. A low tier never has to be, and is not pestered. */
export const cadenceSetting = setting('commitments.cadence', z.object({ platinum: cadence, gold: cadence, iron: cadence, lead: cadence }), {
  platinum: { minimum: 2, maximum: 4, days: 30 },
  gold: { minimum: 1, maximum: 4, days: 30 },
  iron: { minimum: 0, maximum: 2, days: 30 },
  lead: { minimum: 0, maximum: 1, days: 30 },
})

/** After how many days an archive that nobody touched is due for a review, and a signal to which nobody reacted is late. */
export const attentionSetting = setting(
  'commitments.attention',
  z.object({ archiveReviewDays: z.int().min(1).max(730), signalDays: z.int().min(1).max(365) }),
  { archiveReviewDays: 31, signalDays: 7 },
)
