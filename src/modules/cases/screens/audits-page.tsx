import { Button, Tag } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Page } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { AuditForm } from './audit-form.tsx'
import './cases.css'

/** The programme of audits: what is looked at, by whom, when, and what was found. */
export function AuditsPage() {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const navigate = useNavigate()
  const { may } = useSession()
  const pages = usePages(casesApi.audits, {})
  const [planning, setPlanning] = useState(false)
  return (
    <Page
      title={t('audit.title')}
      about={t('audit.about')}
      actions={
        <>
          {may('cases.review') && <Link to="/cases/reviews">{t('nav.reviews')}</Link>}
          <Button type="primary" onClick={() => setPlanning(true)}>
            {t('audit.plan')}
          </Button>
        </>
      }
    >
      <DataTable
        name="case-audits"
        label={t('audit.title')}
        pages={pages}
        rowKey={(row) => row.id}
        to={(row) => `/cases/audits/${row.id}`}
        columns={[
          { key: 'title', title: t('audit.name'), cell: (row) => row.title },
          {
            key: 'plannedOn',
            title: t('audit.plannedOn'),
            cell: (row) => (
              <>
                {format.day(row.plannedOn)} {row.late && <Tag className="case-bad">{t('audit.late')}</Tag>}
              </>
            ),
          },
          { key: 'auditor', title: t('audit.auditor'), cell: (row) => people.nameOf(row.auditorId) },
          { key: 'period', title: t('audit.period'), cell: (row) => `${format.day(row.from)} – ${format.day(row.to)}` },
          { key: 'state', title: t('audit.state'), cell: (row) => t(`audit.stateOf.${row.state}`) },
          {
            key: 'findings',
            title: t('audit.findings'),
            cell: (row) => (row.state === 'planned' ? null : t('audit.gradeCounts', row.findings)),
          },
        ]}
        empty={<Empty title={t('audit.none')}>{t('audit.noneHelp')}</Empty>}
      />
      {planning && <AuditForm audit={null} close={() => setPlanning(false)} done={(id) => navigate(`/cases/audits/${id}`)} />}
    </Page>
  )
}
