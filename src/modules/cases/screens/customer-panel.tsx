import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Link } from 'react-router'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { useCaseColumns } from './case-columns.tsx'
import { Contributions } from './contributions.tsx'
import './cases.css'

/** A customer's cases, with the way to a new one: complaining is made easy (G-24). */
export function CustomerPanel({ customerId }: { readonly customerId: string }) {
  const t = useWords('cases')
  const { may } = useSession()
  const pages = usePages(casesApi.ofCustomer, { customerId, limit: 10 })
  const columns = useCaseColumns({ customer: false })
  return (
    <>
      {may('cases.write') && (
        <div className="row">
          <Link to={`/cases/new?customer=${customerId}&kind=complaint`}>
            <Button icon={<PlusOutlined />}>{t('panel.complain')}</Button>
          </Link>
          <Link to={`/cases/new?customer=${customerId}`}>
            <Button type="link">{t('form.new')}</Button>
          </Link>
        </div>
      )}
      <Contributions customerId={customerId} />
      <DataTable
        name="customer-cases"
        label={t('nav.cases')}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        to={(row) => `/cases/${row.id}`}
        empty={<p className="muted">{t('panel.none')}</p>}
      />
    </>
  )
}
