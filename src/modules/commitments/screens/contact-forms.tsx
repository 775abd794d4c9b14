import { Alert } from 'antd'
import { api as customers } from '#modules/customers/api.ts'
import type { ResultOf } from '#ui/client.ts'
import type { Choice } from '#ui/form.tsx'
import { useSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { type Approach, type Channel, channels, formsFor, servicePurpose, standingOf } from '../domain/channel.ts'

/** How a customer may be contacted by whoever looks after them; null as long as it is not known, and where nobody is meant. */
export function useApproach(customerId: string | null | undefined): Approach | null {
  const { may } = useSession()
  const enabled = Boolean(customerId) && may('customers.read')
  const found = useRead(customers.contactChannels, { id: customerId ?? '', purpose: servicePurpose }, { enabled, keepPrevious: false })
  return enabled && found.data ? approachOf(found.data) : null
}

const approachOf = ({ channels: offered, refused, liked }: ResultOf<typeof customers.contactChannels>): Approach => ({
  offered,
  refused,
  liked,
})

/** Forms of contact to plan by: the preferred first, only those for which there is data (B-07); what was refused stands last and says so. One that is chosen already stays. */
export function useFormChoices(approach: Approach | null, chosen: Channel | null): Choice[] {
  const t = useWords('commitments')
  if (approach === null) return channels.map((value) => ({ value, label: t(`channel.${value}`) }))
  return formsFor(channels, approach)
    .filter(({ form, standing }) => standing !== 'no-data' || form === chosen)
    .map(({ form, standing }) => ({
      value: form,
      label:
        standing === 'possible'
          ? t(`channel.${form}`)
          : t('approach.marked', { form: t(`channel.${form}`), mark: t(`approach.${standing}`) }),
    }))
}

/** Says before a contact is planned that it is not wanted, or that there is nothing to do it by. */
export function UnwantedForm({ approach, form }: { approach: Approach | null; form: Channel | null }) {
  const t = useWords('commitments')
  if (approach === null || form === null) return null
  const standing = standingOf(form, approach)
  if (standing !== 'refused' && standing !== 'no-data') return null
  return (
    <Alert
      className="form-wide"
      type="warning"
      showIcon
      role="status"
      title={t(`approach.warn-${standing}`, { form: t(`channel.${form}`) })}
    />
  )
}
