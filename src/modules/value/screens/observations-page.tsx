import { Link } from 'react-router'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { usePeople } from '#ui/people.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { ServePage } from './serve-page.tsx'

/** What was noticed about customers and waits for somebody to think of a surprise (K-03). */
export function ObservationsPage() {
  const t = useWords('value')
  const format = useFormat()
  const { nameOf } = usePeople()
  const pages = usePages(valueApi.openObservations, {})
  return (
    <ServePage name="observations">
      <DataTable
        name="value-observations"
        label={t('serve.observations.title')}
        rowKey={(row) => row.id}
        pages={pages}
        empty={<Empty title={t('observation.nothingOpen')}>{t('observation.nothingOpenHelp')}</Empty>}
        columns={[
          {
            key: 'customer',
            title: t('push.customer'),
            cell: (row) => <Link to={`/customers/${row.customerId}`}>{row.customerName}</Link>,
          },
          { key: 'noticed', title: t('observation.noticed'), cell: (row) => <span className="written">{row.noticed}</span> },
          {
            key: 'hypothesis',
            title: t('observation.hypothesis'),
            cell: (row) => row.hypothesis ?? <span className="muted">{t('observation.noHypothesis')}</span>,
          },
          { key: 'at', title: t('observation.at'), cell: (row) => format.instant(row.noticedAt) },
          { key: 'by', title: t('observation.by'), cell: (row) => nameOf(row.noticedBy) },
        ]}
      />
    </ServePage>
  )
}
