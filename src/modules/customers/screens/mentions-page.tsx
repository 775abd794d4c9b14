import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Page } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'

/** Touches in which colleagues mentioned whoever reads this. */
export function MentionsPage() {
  const t = useWords('customers')
  const format = useFormat()
  const owners = usePeople()
  const pages = usePages(api.mentions, {})
  return (
    <Page title={t('nav.mentions')} about={t('mention.about')}>
      <DataTable
        name="customer-mentions"
        label={t('nav.mentions')}
        pages={pages}
        rowKey={(one) => one.interactionId}
        to={(one) => `/customers/${one.customerId}`}
        columns={[
          { key: 'customer', title: t('column.name'), cell: (one) => one.customerName },
          { key: 'summary', title: t('touch.summary'), cell: (one) => one.summary },
          {
            key: 'next',
            title: t('touch.nextStep'),
            cell: (one) => [one.nextStep, one.nextStepOn && format.day(one.nextStepOn)].filter(Boolean).join(' · '),
          },
          { key: 'by', title: t('mention.by'), cell: (one) => owners.nameOf(one.by) },
          { key: 'at', title: t('mention.at'), cell: (one) => format.instant(one.at) },
        ]}
        empty={<Empty title={t('mention.none')}>{t('mention.noneHelp')}</Empty>}
      />
    </Page>
  )
}
