import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { ContestReport } from './contest-report.tsx'
import { CustomRequests } from './custom-requests.tsx'
import { RegulatorPanel } from './regulator-panel.tsx'
import { Benchmarks, Repurchase } from './report-benchmarks.tsx'
import { Board } from './report-board.tsx'
import { Cost, ParetoChart, Rates, Trends } from './report-charts.tsx'
import { ReportFilters, useReportFilter } from './report-filters.tsx'
import './cases.css'
import './seeing.css'

/** What the cases of a period say: how many, of what, how quickly, how well, at what cost, and how that compares. Each figure leads to its cases. */
export function ReportPage() {
  const t = useWords('cases')
  const format = useFormat()
  const { input } = useReportFilter()
  const report = useRead(casesApi.report, input)
  return (
    <Page title={t('report.title')} about={t('report.about')}>
      <ReportFilters shown={report.data} />
      {input.kind === 'custom-request' && <CustomRequests />}
      <Loaded of={report} lines={12}>
        {(found) =>
          found.cases === 0 ? (
            <>
              {found.board.found.whole > 0 && <Board report={found} />}
              <Empty title={t('report.none')}>{t('report.noneHelp', { from: format.day(found.from), to: format.day(found.to) })}</Empty>
            </>
          ) : (
            <>
              <Board report={found} />
              <Rates report={found} />
              <ParetoChart report={found} />
            </>
          )
        }
      </Loaded>
      {report.data !== undefined && report.data.cases > 0 && (
        <>
          <Trends />
          <Cost cost={report.data.cost} />
          <Section title={t('benchmark.title')} about={t('benchmark.about')}>
            <Repurchase />
            <Benchmarks report={report.data} />
          </Section>
        </>
      )}
      <ContestReport />
      <RegulatorPanel />
    </Page>
  )
}
