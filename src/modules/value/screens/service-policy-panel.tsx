import { Link } from 'react-router'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { serviceTargets } from '../domain/service-policy.ts'
import { usePolicyWords } from './policy-words.ts'

/** On a customer's page: by which policy they are served, and why by this one. */
export function ServicePolicyPanel({ customerId }: { customerId: string }) {
  const t = useWords('value', 'customers')
  const format = useFormat()
  const people = usePeople()
  const words = usePolicyWords()
  const found = useRead(valueApi.customerServicePolicy, { customerId }, { keepPrevious: false })
  return (
    <Loaded of={found} lines={3}>
      {({ policy, because, tier, accountManagerId }) => (
        <>
          <p>
            <Link to={`/service-policies/${policy.id}`}>{words.nameOf(policy)}</Link>{' '}
            <span className="muted">
              {t(`policy.because.${because}`, { tier: tier ? t(`ui:tier.${tier}`) : '', segment: policy.segmentName ?? '' })}
            </span>
          </p>
          <dl className="facts">
            {serviceTargets.map((target) => (
              <div key={target}>
                <dt>{t(`policy.target.${target}`)}</dt>
                <dd>{words.time(policy.targets[target])}</dd>
              </div>
            ))}
            <div>
              <dt>{t('policy.channels')}</dt>
              <dd>{format.list(policy.channels.map((one) => t(`customers:channel.${one}`)))}</dd>
            </div>
            {policy.accountManager && (
              <div>
                <dt>{t('policy.accountManagerIs')}</dt>
                <dd>{accountManagerId ? people.nameOf(accountManagerId) : t('policy.noManager')}</dd>
              </div>
            )}
          </dl>
          <p className="muted">{words.mixOf(policy, 'process')}</p>
        </>
      )}
    </Loaded>
  )
}
