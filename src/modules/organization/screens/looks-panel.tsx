import { Link } from 'react-router'
import { DataTable } from '#ui/table.tsx'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { useEntryColumns } from './audit-words.tsx'

/** On a customer's page: who has looked at this customer. */
export function LooksPanel({ customerId }: { customerId: string }) {
  const t = useWords('organization')
  const pages = usePages(api.audit, { trail: 'read', customerId, limit: 10 })
  const columns = useEntryColumns().filter(({ key }) => key === 'at' || key === 'actor' || key === 'name')
  return (
    <>
      <DataTable
        name="customer-looks"
        label={t('looks.title')}
        columns={columns}
        pages={pages}
        rowKey={(entry) => entry.id}
        empty={<p className="muted">{t('looks.empty')}</p>}
      />
      <p className="row">
        <Link to={`/audit?trail=read&customerId=${customerId}`}>{t('looks.all')}</Link>
        <Link to={`/audit?customerId=${customerId}`}>{t('looks.done')}</Link>
      </p>
    </>
  )
}
