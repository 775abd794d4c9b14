import { z } from 'zod'
import { setting } from '#platform/module.ts'
import { channels } from './domain/interaction.ts'

const rate = { perMinuteMinor: z.number().min(0).max(1_000_000), perTouchMinor: z.number().min(0).max(1_000_000_000) }

/** What a touch costs that does not carry its own cost: minor units per minute and per touch, where wanted per channel. Part of every customer's cost to serve. */
export const serviceRates = setting(
  'customers.service-rates',
  z.object({ ...rate, byChannel: z.partialRecord(z.enum(channels), z.object(rate)) }),
  {
    perMinuteMinor: 0,
    perTouchMinor: 0,
    byChannel: {},
  },
)
