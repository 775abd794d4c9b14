import { Select } from 'antd'
import { useState } from 'react'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import './customers.css'

const spans = [7, 30, 60]

/** Birthdays of the coming days, of customers and of the people who matter around them. */
export function BirthdaysPage() {
  const t = useWords('customers')
  const format = useFormat()
  const [days, setDays] = useState(30)
  const found = useRead(api.birthdays, { days })
  return (
    <Page
      title={t('nav.birthdays')}
      about={t('birthday.about')}
      actions={
        <Select
          aria-label={t('birthday.span')}
          value={days}
          options={spans.map((value) => ({ value, label: t('birthday.days', { count: value }) }))}
          onChange={setDays}
        />
      }
    >
      <Loaded of={found}>
        {({ items, more }) => (
          <>
            <DataTable
              name="customer-birthdays"
              label={t('nav.birthdays')}
              pages={{ items }}
              rowKey={(one) => one.personId ?? one.customerId}
              to={(one) => `/customers/${one.customerId}`}
              columns={[
                { key: 'name', title: t('column.name'), cell: (one) => one.name },
                { key: 'on', title: t('birthday.on'), cell: (one) => format.day(one.on) },
                { key: 'born', title: t('field.birthday'), cell: (one) => format.day(one.birthday) },
                {
                  key: 'customer',
                  title: t('birthday.customer'),
                  cell: (one) => one.personId && [one.customerName, one.role].filter(Boolean).join(' · '),
                },
              ]}
              empty={<Empty title={t('birthday.none')}>{t('birthday.noneHelp')}</Empty>}
            />
            {more && <p className="muted">{t('birthday.more')}</p>}
          </>
        )}
      </Loaded>
    </Page>
  )
}
