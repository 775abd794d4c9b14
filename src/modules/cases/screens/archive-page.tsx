import { Select, Tag } from 'antd'
import { useSearchParams } from 'react-router'
import { download } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { DayInput } from '#ui/inputs.tsx'
import { Page } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { useDuration } from '#ui/use-duration.ts'
import { usePages } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type Kind, kinds } from '../domain/taxonomy.ts'
import { CaseCustomer } from './case-customer.tsx'
import { SearchWords } from './search-words.tsx'
import { useMatter } from './shown.ts'
import './cases.css'
import './seeing.css'

/** Cases that have ended, by what was said in them: what it was, how it was handled, how it came out, and what the customer said (G-15). */
export function ArchivePage() {
  const t = useWords('cases')
  const format = useFormat()
  const duration = useDuration()
  const matter = useMatter()
  const { language } = useLanguage()
  const { may } = useSession()
  const [params, setParams] = useSearchParams()
  const q = params.get('q') ?? ''
  const kind = kinds.find((one) => one === params.get('kind')) ?? null
  const [from, to] = [params.get('from'), params.get('to')]
  const look = (change: Readonly<Record<string, string | null>>) => {
    const next = new URLSearchParams(params)
    for (const [key, value] of Object.entries(change)) value ? next.set(key, value) : next.delete(key)
    setParams(next, { replace: true })
  }
  const period = { ...(from ? { from } : {}), ...(to ? { to } : {}), ...(kind ? { kind: [kind] } : {}) }
  const pages = usePages(casesApi.archive, { ...period, ...(q ? { q } : {}) })
  return (
    <Page title={t('archive.title')} about={t('archive.about')}>
      <DataTable
        name="case-archive"
        label={t('archive.title')}
        pages={pages}
        rowKey={(row) => row.id}
        to={(row) => `/cases/${row.id}`}
        {...(may('cases.export')
          ? { onExport: (file: 'csv' | 'xlsx') => download(casesApi.exportCases, { ...period, words: true, format: file, language }) }
          : {})}
        toolbar={
          <SearchWords label={t('archive.search')} placeholder={t('archive.placeholder')} q={q} look={(words) => look({ q: words })}>
            <Select<Kind>
              aria-label={t('field.kind')}
              className="case-kind-choice"
              allowClear
              placeholder={t('list.everyKind')}
              value={kind}
              onChange={(value) => look({ kind: value ?? null })}
              options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
            />
            <DayInput value={from} onChange={(value) => look({ from: value })} aria-label={t('report.from')} />
            <DayInput value={to} onChange={(value) => look({ to: value })} aria-label={t('report.to')} />
          </SearchWords>
        }
        columns={[
          {
            key: 'subject',
            title: t('field.subject'),
            cell: (row) => (
              <span className="case-name">
                <span className="muted case-number">{row.number}</span> {row.subject}
                {row.excerpt && row.excerpt !== row.subject && <span className="case-excerpt">{row.excerpt}</span>}
              </span>
            ),
          },
          {
            key: 'customer',
            title: t('field.customer'),
            cell: (row) => <CaseCustomer of={row.customer} />,
          },
          { key: 'matter', title: t('field.matter'), cell: (row) => matter(row) ?? t(`kind.${row.kind}`) },
          {
            key: 'process',
            title: t('archive.process'),
            cell: (row) =>
              t('archive.handled', {
                from: format.day(row.receivedAt.toISOString().slice(0, 10)),
                to: format.day(row.endedAt.toISOString().slice(0, 10)),
                time: duration(row.minutes, true),
              }),
          },
          {
            key: 'result',
            title: t('archive.result'),
            cell: (row) => (
              <span className="row">
                <Tag>{row.finding ? t(`finding.${row.finding}`) : t(`state.${row.state}`)}</Tag>
                {row.remedyMinor > 0 && format.money(row.remedyMinor)}
              </span>
            ),
          },
          {
            key: 'satisfied',
            title: t('export.satisfied'),
            cell: (row) => (row.satisfied === null ? '' : t(row.satisfied ? 'export.yes' : 'export.no')),
          },
        ]}
        empty={<Empty title={t(q ? 'archive.notFound' : 'archive.empty')}>{t(q ? 'archive.notFoundHelp' : 'archive.emptyHelp')}</Empty>}
      />
    </Page>
  )
}
