import { useFormat } from '#ui/format.ts'
import type { Channel } from '../domain/channel.ts'
import { dayIn } from '../domain/clock.ts'
import { CadenceAdvice } from './cadence-advice.tsx'
import './commitments.css'

/** The same while a contact is noted that has taken place. */
export function TouchAdvice({ customerId, channel, at }: { customerId: string; channel: Channel; at: Date }) {
  const { timeZone } = useFormat()
  return <CadenceAdvice customerId={customerId} day={dayIn(timeZone, at)} channel={channel} />
}
