import { Link } from 'react-router'
import { usePeople } from '#ui/people.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { usePolicyWords } from './policy-words.ts'

/** While somebody talks with a customer: by which policy, how soon they are answered, and who looks after them. */
export function DeskGlance({ customerId }: { customerId: string }) {
  const t = useWords('value')
  const people = usePeople()
  const words = usePolicyWords()
  const { data } = useRead(valueApi.customerServicePolicy, { customerId }, { keepPrevious: false })
  if (!data) return null
  const { policy, accountManagerId } = data
  return (
    <dl className="facts">
      <div>
        <dt>{t('panel.service')}</dt>
        <dd>
          <Link to={`/service-policies/${policy.id}`}>{words.nameOf(policy)}</Link>
        </dd>
      </div>
      <div>
        <dt>{t('policy.target.firstResponse')}</dt>
        <dd>{words.time(policy.targets.firstResponse)}</dd>
      </div>
      {(policy.accountManager || accountManagerId) && (
        <div>
          <dt>{t('policy.accountManagerIs')}</dt>
          <dd>{accountManagerId ? people.nameOf(accountManagerId) : t('policy.noManager')}</dd>
        </div>
      )}
    </dl>
  )
}
