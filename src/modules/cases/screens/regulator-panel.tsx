import { download } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { Loaded, Section } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { useReportFilter } from './report-filters.tsx'

/** What supervisors ask for, by category and product, with the file for them. */
export function RegulatorPanel() {
  const t = useWords('cases')
  const format = useFormat()
  const { language } = useLanguage()
  const { input } = useReportFilter()
  const { from, to, kind } = input
  const wish = { ...(from ? { from } : {}), ...(to ? { to } : {}), ...(kind ? { kind } : {}) }
  const found = useRead(casesApi.regulatorReport, wish)
  const category = (key: string) => (key === '' ? t('report.without') : t(`category.${key}`, { defaultValue: key }))
  return (
    <Section title={t('regulator.title')} about={t('regulator.about')}>
      <Loaded of={found}>
        {({ report }) => {
          const rows = [
            ...report.byCategory.map((row) => ({ ...row, key: `c:${row.category}`, name: category(row.category) })),
            ...report.byProduct
              .filter(({ product }) => product !== '')
              .map((row) => ({ ...row, key: `p:${row.product}`, name: row.product })),
            { ...report.total, key: 'all', name: t('regulator.all') },
          ]
          return (
            <>
              <DataTable
                name="case-regulator"
                figures
                label={t('regulator.title')}
                pages={{ items: rows }}
                rowKey={(row) => row.key}
                onExport={(format_) => download(casesApi.regulatorFile, { ...wish, format: format_, language })}
                columns={[
                  { key: 'name', title: t('regulator.of'), cell: (row) => row.name },
                  {
                    key: 'before',
                    title: t('regulator.outstandingBefore'),
                    align: 'end',
                    cell: (row) => format.number(row.outstandingBefore),
                  },
                  { key: 'opened', title: t('regulator.opened'), align: 'end', cell: (row) => format.number(row.opened) },
                  { key: 'three', title: t('regulator.three-days'), align: 'end', cell: (row) => format.number(row.closed['three-days']) },
                  {
                    key: 'eight',
                    title: t('regulator.eight-weeks'),
                    align: 'end',
                    cell: (row) => format.number(row.closed['eight-weeks']),
                  },
                  { key: 'later', title: t('regulator.later'), align: 'end', cell: (row) => format.number(row.closed.later) },
                  {
                    key: 'after',
                    title: t('regulator.outstandingAfter'),
                    align: 'end',
                    cell: (row) => format.number(row.outstandingAfter),
                  },
                  {
                    key: 'upheld',
                    title: t('regulator.upheld'),
                    align: 'end',
                    cell: (row) => `${format.number(row.upheld.part)} (${format.percent(row.upheld.share)})`,
                  },
                  {
                    key: 'rejected',
                    title: t('regulator.rejected'),
                    align: 'end',
                    cell: (row) => `${format.number(row.rejected.part)} (${format.percent(row.rejected.share)})`,
                  },
                  { key: 'unjudged', title: t('regulator.unjudged'), align: 'end', cell: (row) => format.number(row.unjudged) },
                  { key: 'redress', title: t('regulator.redress'), align: 'end', cell: (row) => format.money(row.redressMinor) },
                  ...(['appeals', 'appealsDecided', 'referrals', 'referralsDecided'] as const).map((key) => ({
                    key,
                    title: t(`regulator.${key}`),
                    align: 'end' as const,
                    cell: (row: (typeof rows)[number]) => format.number(row.contests[key]),
                    optional: true,
                  })),
                  {
                    key: 'appealsUpheld',
                    title: t('regulator.appealsUpheld'),
                    align: 'end',
                    cell: (row) => format.number(row.contests.appealsUpheld.part),
                    optional: true,
                  },
                  {
                    key: 'referralsOverturned',
                    title: t('regulator.referralsOverturned'),
                    align: 'end',
                    cell: (row) => format.number(row.contests.overturned.part),
                    optional: true,
                  },
                  {
                    key: 'upheldRedress',
                    title: t('regulator.upheldRedress'),
                    align: 'end',
                    cell: (row) => format.money(row.upheldRedressMinor),
                  },
                ]}
              />
              {report.total.unexplained !== 0 && <p className="muted">{t('regulator.unexplained', { count: report.total.unexplained })}</p>}
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}
