import { Alert } from 'antd'
import type { Choice } from '#ui/form.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { servicePurpose } from '../domain/consent.ts'
import { type Approach, formsFor, standingOf } from '../domain/contact-ways.ts'
import { type Channel, channels } from '../domain/interaction.ts'

/** How the customer may be contacted by whoever looks after them; null as long as it is not known. */
function useApproach(customerId: string): Approach | null {
  const { data } = useRead(api.contactChannels, { id: customerId, purpose: servicePurpose }, { keepPrevious: false })
  return data ? { offered: data.channels, refused: data.refused, liked: data.liked } : null
}

/** Every channel of a touch, what the customer likes and allows before the rest, each with how it stands (B-07, H-17). What happened can be noted whether it was wanted or not. */
export function useMarkedChannels(customerId: string): Choice[] {
  const t = useWords('customers')
  const approach = useApproach(customerId)
  if (approach === null) return channels.map((value) => ({ value, label: t(`channel.${value}`) }))
  return formsFor(channels, approach).map(({ form, standing }) => ({
    value: form,
    label:
      standing === 'preferred' || standing === 'refused' ? t(`touch.${standing}`, { channel: t(`channel.${form}`) }) : t(`channel.${form}`),
  }))
}

/** Reminds whoever contacts the customer by something that they do not want. */
export function UnwantedChannel({ customerId, channel }: { customerId: string; channel: Channel }) {
  const t = useWords('customers')
  const approach = useApproach(customerId)
  if (approach === null || standingOf(channel, approach) !== 'refused') return null
  return (
    <Alert className="form-wide" type="warning" showIcon role="status" title={t('touch.unwanted', { channel: t(`channel.${channel}`) })} />
  )
}
