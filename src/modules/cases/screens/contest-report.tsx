import { Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { Loaded, Section } from '#ui/page.tsx'
import { type Column, DataTable } from '#ui/table.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import type { Measure } from '../domain/report.ts'
import { Tile } from './report-board.tsx'
import { useReportFilter } from './report-filters.tsx'

type Figures = ResultOf<typeof casesApi.contestReport>['total']
interface Row extends Figures {
  readonly key: string
  readonly name: string
  /** Narrows the cases behind to this row. */
  readonly narrow: string
}
const ways = ['month', 'body', 'category'] as const
type By = (typeof ways)[number]

/** What customers did not accept, inside and outside of the company, and how often they were right. Each figure leads to its cases. */
export function ContestReport() {
  const t = useWords('cases')
  const format = useFormat()
  const { query, input } = useReportFilter()
  const found = useRead(casesApi.contestReport, input)
  const [by, setBy] = useState<By>('month')
  const to = (measure: Measure, narrow = '') => `/cases/report/cases?${[query, `measure=${measure}`, narrow].filter(Boolean).join('&')}`
  const category = (key: string) => (key === '' ? t('report.without') : t(`category.${key}`, { defaultValue: key }))
  const figure = (name: 'appeals' | 'appealsDecided' | 'referrals' | 'referralsDecided', measure: Measure): Column<Row> => ({
    key: name,
    title: t(`contestReport.${name}`),
    align: 'end',
    cell: (row) =>
      // What has no category cannot be asked for by it.
      row[name] === 0 || row.narrow === '' ? (
        format.number(row[name])
      ) : (
        <Link to={to(measure, row.narrow)}>{format.number(row[name])}</Link>
      ),
  })
  const share = (name: 'appealsUpheld' | 'overturned'): Column<Row> => ({
    key: name,
    title: t(`contestReport.${name}`),
    align: 'end',
    cell: (row) => (row[name].whole === 0 ? '' : `${format.number(row[name].part)} (${format.percent(row[name].share)})`),
  })
  return (
    <Section title={t('contestReport.title')} about={t('contestReport.about')}>
      <Loaded of={found}>
        {({ total, byMonth, byBody, byCategory }) => {
          if (total.appeals + total.referrals + total.appealsDecided + total.referralsDecided === 0)
            return <p className="muted">{t('contestReport.none')}</p>
          const rows: Readonly<Record<By, readonly Row[]>> = {
            month: byMonth.map((row) => ({ ...row, name: row.key, narrow: '' })),
            body: byBody.map((row) => ({ ...row, narrow: `body=${row.key}` })),
            category: byCategory.map((row) => ({
              ...row,
              ...{ name: category(row.key), narrow: row.key === '' ? '' : `by=category&key=${encodeURIComponent(row.key)}` },
            })),
          }
          const made = (of: Figures['overturned']) =>
            of.whole === 0 ? t('figure.nothing') : t('figure.partOf', { part: format.number(of.part), whole: format.number(of.whole) })
          const rate = (of: Figures['overturned']) => (of.share === null ? t('figure.none') : format.percent(of.share, 1))
          return (
            <>
              <div className="tiles">
                <Tile title={t('contestReport.appeals')} value={format.number(total.appeals)} to={to('appealed')} />
                <Tile title={t('contestReport.appealsUpheld')} value={rate(total.appealsUpheld)} to={to('appeal-upheld')}>
                  {made(total.appealsUpheld)}
                </Tile>
                <Tile title={t('contestReport.referrals')} value={format.number(total.referrals)} to={to('referred')} />
                <Tile title={t('contestReport.overturnRate')} value={rate(total.overturned)} to={to('referral-overturned')}>
                  {made(total.overturned)}
                </Tile>
              </div>
              <DataTable<Row>
                name="case-contest-report"
                figures
                label={t('contestReport.title')}
                pages={{ items: rows[by] }}
                rowKey={(row) => row.key}
                toolbar={
                  <Segmented<By>
                    aria-label={t('contestReport.by')}
                    value={by}
                    onChange={setBy}
                    options={ways.map((value) => ({ value, label: t(`contestReport.by.${value}`) }))}
                  />
                }
                columns={[
                  { key: 'name', title: t(`contestReport.by.${by}`), cell: (row) => row.name },
                  figure('appeals', 'appealed'),
                  figure('appealsDecided', 'appeal-decided'),
                  share('appealsUpheld'),
                  figure('referrals', 'referred'),
                  figure('referralsDecided', 'referral-decided'),
                  share('overturned'),
                ]}
              />
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}
