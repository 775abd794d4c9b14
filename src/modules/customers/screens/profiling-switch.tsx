import { Switch } from 'antd'
import { useNotice } from '#ui/notice.tsx'
import { useSession } from '#ui/session.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import type { CustomerView } from './customer-page.tsx'

/** Whether a profile may be computed for this customer; whoever may not write sees the state. */
export function ProfilingSwitch({ customer }: { customer: CustomerView }) {
  const t = useWords('customers')
  const notice = useNotice()
  const { may } = useSession()
  const write = useWrite(api.setProfiling, { alsoChanges: ['value'] })
  return (
    <span className="row">
      <Switch
        checked={customer.profiling}
        disabled={!may('customers.write')}
        loading={write.pending}
        aria-label={t('profiling.title')}
        onChange={(profiling) => void write.send({ id: customer.id, profiling }).catch(notice.refused)}
      />
      {t('profiling.title')}
    </span>
  )
}
