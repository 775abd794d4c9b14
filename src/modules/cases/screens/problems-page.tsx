import { PlusOutlined } from '@ant-design/icons'
import { Button, Segmented, Tag } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Page } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import type { ProblemState } from '../domain/problem.ts'
import { emptyTerms, ProblemForm } from './problem-form.tsx'
import { useProblemMatter } from './problem-words.ts'
import './cases.css'
import './seeing.css'

const views = ['standing', 'draft', 'watched', 'ended'] as const
const statesOf: Readonly<Record<(typeof views)[number], readonly ProblemState[]>> = {
  standing: ['draft', 'open', 'watched'],
  draft: ['draft'],
  watched: ['watched'],
  ended: ['solved', 'dismissed'],
}

/** Causes that many complaints have: what is proposed, worked on, watched, and done with. */
export function ProblemsPage() {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const matter = useProblemMatter()
  const { may } = useSession()
  const [params, setParams] = useSearchParams()
  const view = views.find((one) => one === params.get('view')) ?? 'standing'
  const [adding, setAdding] = useState(false)
  const pages = usePages(casesApi.problems, { state: [...statesOf[view]] })
  const add = may('cases.write') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t('problem.new')}
    </Button>
  )
  return (
    <Page title={t('problem.title')} about={t('problem.about')} actions={add}>
      <DataTable
        name="case-problems"
        label={t('problem.title')}
        pages={pages}
        rowKey={(row) => row.id}
        to={(row) => `/cases/problems/${row.id}`}
        toolbar={
          <Segmented
            aria-label={t('problem.which')}
            value={view}
            onChange={(value) => setParams(value === 'standing' ? {} : { view: value }, { replace: true })}
            options={views.map((value) => ({ value, label: t(`problem.view.${value}`) }))}
          />
        }
        columns={[
          { key: 'title', title: t('problem.name'), cell: (row) => row.title },
          {
            key: 'state',
            title: t('export.state'),
            cell: (row) => <Tag {...(row.state === 'draft' ? { color: 'warning' } : {})}>{t(`problemState.${row.state}`)}</Tag>,
          },
          { key: 'matter', title: t('problem.matter'), cell: (row) => matter(row) },
          {
            key: 'actions',
            title: t('problem.actions'),
            align: 'end',
            cell: (row) => t('problem.doneOf', { done: row.done, all: row.actions }),
          },
          {
            key: 'owner',
            title: t('problem.owner'),
            cell: (row) => people.nameOf(row.ownerId) ?? <span className="muted">{t('nobody')}</span>,
          },
          { key: 'cured', title: t('problem.curedOn'), cell: (row) => format.day(row.curedOn) },
          { key: 'opened', title: t('problem.opened'), cell: (row) => format.instant(row.openedAt), optional: true },
        ]}
        empty={
          <Empty title={t(`problem.empty.${view}`)} action={add}>
            {t('problem.emptyHelp')}
          </Empty>
        }
      />
      {adding && <NewProblem close={() => setAdding(false)} />}
    </Page>
  )
}

function NewProblem({ close }: { readonly close: () => void }) {
  const t = useWords('cases')
  const navigate = useNavigate()
  const write = useWrite(casesApi.openProblem, { onDone: ({ id }) => navigate(`/cases/problems/${id}`) })
  return (
    <Dialog title={t('problem.new')} onClose={close} wide>
      <ProblemForm
        initial={emptyTerms}
        onSubmit={(terms) => write.send(terms)}
        problem={write.problem}
        pending={write.pending}
        cancel={close}
      />
    </Dialog>
  )
}
