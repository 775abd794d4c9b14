import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { DayInput } from '#ui/inputs.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { DataTable } from '#ui/table.tsx'
import { useToday } from '#ui/today.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { aYearBefore } from './use-year.ts'
import './desk.css'
import './seeing.css'

type Report = ResultOf<typeof casesApi.qualityReport>

/** How often each R was met, and how steady everybody's work is (A-06, K-01). */
export function QualityPage() {
  const t = useWords('cases')
  const today = useToday()
  const [from, setFrom] = useState(aYearBefore(today))
  const [to, setTo] = useState(today)
  const report = useRead(casesApi.qualityReport, { from, to })
  return (
    <Page title={t('quality.title')} about={t('quality.about')}>
      <div className="report-filters">
        <DayInput aria-label={t('quality.from')} value={from} onChange={(day) => day && setFrom(day)} />
        <DayInput aria-label={t('quality.to')} value={to} onChange={(day) => day && setTo(day)} />
      </div>
      <Loaded of={report}>{(found) => (found.sheets === 0 ? <Empty title={t('quality.empty')} /> : <Found report={found} />)}</Loaded>
    </Page>
  )
}

function Found({ report }: { readonly report: Report }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const rows = [
    { key: 'passed', name: t('quality.passed'), ...report.passed },
    { key: 'core', name: t('quality.coreFour'), ...report.core },
    { key: 'seven', name: t('quality.sevenR'), ...report.sevenR },
    { key: 'argued', name: t('quality.notArgued'), ...report.notArgued },
    ...report.rights.map((one) => ({
      ...one,
      key: one.right,
      name: `${t(`quality.right.${one.right}`)}${one.core ? ` (${t('quality.core')})` : ''}`,
    })),
  ]
  const few = (basis: Report['passed']['basis']) => basis === 'few' && <small className="muted"> {t('quality.few')}</small>
  return (
    <>
      <Section title={t('quality.rights')} about={t('quality.fewHelp')}>
        <DataTable
          name="quality-rights"
          label={t('quality.rights')}
          pages={{ items: rows }}
          rowKey={(row) => row.key}
          columns={[
            { key: 'what', title: t('quality.what'), cell: (row) => row.name },
            {
              key: 'share',
              title: t('quality.share'),
              align: 'end',
              cell: (row) => (
                <>
                  {format.percent(row.share)}
                  {few(row.basis)}
                </>
              ),
            },
            {
              key: 'of',
              title: t('quality.sheets'),
              align: 'end',
              cell: (row) => `${format.number(row.part)} / ${format.number(row.whole)}`,
            },
            {
              key: 'interval',
              title: t('quality.interval'),
              align: 'end',
              cell: (row) =>
                row.interval ? `${format.percent(row.interval.low)} – ${format.percent(row.interval.high)}` : format.percent(null),
            },
          ]}
        />
      </Section>
      <Section title={t('quality.agents')}>
        <DataTable
          name="quality-agents"
          label={t('quality.agents')}
          pages={{ items: report.agents }}
          rowKey={(row) => row.userId}
          columns={[
            { key: 'who', title: t('quality.agent'), cell: (row) => people.nameOf(row.userId) ?? row.userId },
            { key: 'sheets', title: t('quality.sheets'), align: 'end', cell: (row) => format.number(row.sheets) },
            { key: 'passed', title: t('quality.passed'), align: 'end', cell: (row) => format.number(row.passed) },
            { key: 'argued', title: t('quality.arguedCount'), align: 'end', cell: (row) => format.number(row.argued) },
            { key: 'score', title: t('quality.score'), align: 'end', cell: (row) => format.number(row.score, 1) },
            { key: 'months', title: t('quality.months'), align: 'end', cell: (row) => format.number(row.months.length) },
            {
              key: 'deviation',
              title: t('quality.deviation'),
              align: 'end',
              cell: (row) => (
                <>
                  {format.number(row.deviation, 1)}
                  {few(row.basis)}
                </>
              ),
            },
          ]}
        />
      </Section>
    </>
  )
}
