import { Link } from 'react-router'
import { TierTag } from '#ui/tier-tag.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { customersLink } from './links.ts'

/** The tier beside the customer's name. */
export function CustomerHead({ customerId }: { customerId: string }) {
  const t = useWords('value')
  const { data } = useRead(valueApi.customer, { customerId })
  if (!data?.current) return null
  return (
    <span className="row">
      <Link to={customersLink({ tier: data.current.tier })}>
        <TierTag tier={data.current.tier} manual={data.override !== null} />
      </Link>
      <span className="muted">{t(`label.${data.current.valueLabel}`)}</span>
    </span>
  )
}
