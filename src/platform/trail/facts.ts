import { z } from 'zod'
import { fact } from '../fact.ts'

/** Looks at customers were deleted after their time, up to and with this block of their chain. */
export const readsDropped = fact('platform.reads-dropped', z.object({ throughBlock: z.int(), rows: z.int() }))

/** A write was carried out that announces nothing of its own: by its endpoint, with the ids of its address. So nothing that anybody does is missing in the trail. */
export const writeCarriedOut = fact(
  'platform.write-carried-out',
  z.object({ endpoint: z.string(), ids: z.record(z.string(), z.string()), customerId: z.uuid().optional() }),
)
