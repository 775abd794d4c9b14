import { Input, Select } from 'antd'
import { useSearchParams } from 'react-router'
import { download } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Page } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages, useRead } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { useFieldName } from './field-name.ts'
import { Side } from './history-drawer.tsx'
import './customers.css'

/** Every field of every archive that changed in a month (B-03). */
export function ChangesPage() {
  const t = useWords('customers')
  const format = useFormat()
  const owners = usePeople()
  const fieldName = useFieldName()
  const { may } = useSession()
  const { language } = useLanguage()
  const [params, setParams] = useSearchParams()
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.exec(params.get('month') ?? '')?.[0] ?? thisMonth()
  const field = params.get('field') ?? undefined
  const input = { month, ...(field ? { field } : {}) }
  const pages = usePages(api.monthChanges, input)
  const fields = useRead(api.monthFields, { month })
  const choose = (patch: Record<string, string | undefined>) =>
    setParams(Object.fromEntries(Object.entries({ month, field, ...patch }).filter(([, value]) => value)) as Record<string, string>, {
      replace: true,
    })
  return (
    <Page title={t('nav.changes')} about={t('change.about')}>
      <DataTable
        name="customer-changes"
        label={t('nav.changes')}
        pages={pages}
        rowKey={(one) => one.id}
        to={(one) => `/customers/${one.customerId}`}
        {...(may('customers.export')
          ? { onExport: (form: 'csv' | 'xlsx') => download(api.monthExport, { ...input, format: form, language }) }
          : {})}
        toolbar={
          <div className="customer-tools">
            <Input
              type="month"
              className="customer-month"
              value={month}
              aria-label={t('change.month')}
              onChange={(event) => choose({ month: event.target.value || undefined })}
            />
            <Select
              className="list-filter"
              allowClear={{ label: t('ui:clear') }}
              placeholder={t('change.field')}
              aria-label={t('change.field')}
              value={field ?? null}
              options={(fields.data?.fields ?? []).map((one) => ({
                value: one.field,
                label: t('change.fieldCount', { field: fieldName(one.field), count: one.changes, customers: one.customers }),
              }))}
              onChange={(value) => choose({ field: value ?? undefined })}
            />
          </div>
        }
        columns={[
          { key: 'customer', title: t('column.name'), cell: (one) => one.customerName },
          { key: 'field', title: t('change.field'), cell: (one) => fieldName(one.field) },
          { key: 'before', title: t('change.before'), cell: (one) => <Side field={one.field} value={one.before} /> },
          { key: 'after', title: t('change.after'), cell: (one) => <Side field={one.field} value={one.after} /> },
          { key: 'by', title: t('change.by'), cell: (one) => owners.nameOf(one.by) },
          { key: 'at', title: t('change.at'), cell: (one) => format.instant(one.at) },
        ]}
        empty={<Empty title={t('change.none')}>{t('change.noneHelp')}</Empty>}
      />
    </Page>
  )
}

const thisMonth = () => new Date().toISOString().slice(0, 7)
