import { Link, useSearchParams } from 'react-router'
import { Empty } from '#ui/empty.tsx'
import { Page } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { dimensions, measures } from '../domain/report.ts'
import { useCaseColumns } from './case-columns.tsx'
import { useReportFilter } from './report-filters.tsx'
import { useKeyNames } from './report-words.ts'
import './cases.css'
import './seeing.css'

/** The very cases that were counted in a figure of the report. */
export function ReportCasesPage() {
  const t = useWords('cases')
  const [params] = useSearchParams()
  const nameOf = useKeyNames()
  const { input, query } = useReportFilter()
  const measure = measures.find((one) => one === params.get('measure')) ?? 'all'
  const by = dimensions.find((one) => one === params.get('by')) ?? null
  const key = params.get('key')
  const part = by !== null && key !== null ? { by, key } : {}
  const body = params.get('body')
  const pages = usePages(casesApi.reportCases, { ...input, measure, ...part, ...(body ? { body } : {}) })
  const columns = useCaseColumns({ customer: true })
  const title = by !== null && key !== null ? nameOf(by)(key) : t(`measure.${measure}`)
  return (
    <Page title={t('report.behind', { title })} about={<Link to={`/cases/report?${query}`}>{t('report.back')}</Link>}>
      <DataTable
        name="report-cases"
        label={title}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        to={(row) => `/cases/${row.id}`}
        empty={<Empty title={t('report.noCases')}>{t('report.noCasesHelp')}</Empty>}
      />
    </Page>
  )
}
