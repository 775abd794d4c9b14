import { Button, Segmented, Tag } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import './cases.css'

type Line = ResultOf<typeof casesApi.improvements>['items'][number]

const views = ['open', 'mine', 'done', 'dropped'] as const

/** What lessons and problems want done better, until it is done and shows (G-11). */
export function ImprovementsPage() {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const { may } = useSession()
  const [params, setParams] = useSearchParams()
  const view = views.find((one) => one === params.get('view')) ?? 'open'
  const pages = usePages(casesApi.improvements, view === 'mine' ? { mine: true } : { state: [view] })
  const [planning, setPlanning] = useState<Line | null>(null)
  return (
    <Page title={t('improvement.title')} about={t('improvement.about')}>
      <DataTable
        name="case-improvements"
        label={t('improvement.title')}
        pages={pages}
        rowKey={(row) => row.id}
        toolbar={
          <Segmented
            aria-label={t('improvement.which')}
            value={view}
            onChange={(value) => setParams(value === 'open' ? {} : { view: value }, { replace: true })}
            options={views.map((value) => ({ value, label: t(`improvement.view.${value}`) }))}
          />
        }
        columns={[
          { key: 'text', title: t('improvement.text'), cell: (row) => <Text of={row} /> },
          { key: 'from', title: t('improvement.from'), cell: (row) => <Origin of={row} /> },
          {
            key: 'owner',
            title: t('improvement.owner'),
            cell: (row) => people.nameOf(row.ownerId) ?? <span className="muted">{t('improvement.noOwner')}</span>,
          },
          {
            key: 'due',
            title: t('field.due'),
            cell: (row) => (
              <>
                {format.day(row.dueDay)} {row.late && <Tag className="case-bad">{t('improvement.late')}</Tag>}
              </>
            ),
          },
          {
            key: 'state',
            title: t('export.state'),
            cell: (row) => (row.state === 'done' ? t('action.doneOn', { day: format.day(row.doneOn) }) : t(`actionState.${row.state}`)),
          },
          {
            key: 'effect',
            title: t('improvement.effect'),
            cell: (row) => (row.effect ? t(`verdict.${row.effect}`) : <span className="muted">{t('improvement.notChecked')}</span>),
          },
          {
            key: 'move',
            title: t('action.move'),
            cell: (row) => may('cases.write') && row.may.move && <Moves of={row} plan={() => setPlanning(row)} />,
          },
        ]}
        empty={<Empty title={t(`improvement.empty.${view}`)}>{t('improvement.emptyHelp')}</Empty>}
      />
      {planning?.case && <Plan caseId={planning.case.id} of={planning} close={() => setPlanning(null)} />}
    </Page>
  )
}

/** What is to be done; of what a review decided or an audit found only those read it who do it or look after it. */
function Text({ of }: { readonly of: Line }) {
  const t = useWords('cases')
  if (of.text !== null) return <span className="case-text">{of.text}</span>
  return <span className="muted">{t(of.reviewId ? 'improvement.hiddenOfReview' : 'improvement.hiddenOfAudit')}</span>
}

function Origin({ of }: { readonly of: Line }) {
  const t = useWords('cases')
  const { may } = useSession()
  const asked = of.reviewId
    ? { to: `/cases/reviews/${of.reviewId}`, name: t('improvement.ofReview'), permission: 'cases.review' }
    : of.auditId && { to: `/cases/audits/${of.auditId}`, name: t('improvement.ofAudit'), permission: 'cases.audit' }
  if (asked) return may(asked.permission) ? <Link to={asked.to}>{asked.name}</Link> : asked.name
  if (of.problem) return <Link to={`/cases/problems/${of.problem.id}`}>{of.problem.title}</Link>
  return of.case && <Link to={`/cases/${of.case.id}`}>{[of.case.number, of.customer?.name].filter(Boolean).join(' · ')}</Link>
}

/** What becomes of a line: of a review or an audit and against a problem by its action, of a lesson by its case. */
function Moves({ of, plan }: { readonly of: Line; readonly plan: () => void }) {
  const t = useWords('cases')
  const notice = useNotice()
  const alsoChanges = ['commitments']
  const ofLesson = useWrite(casesApi.moveImprovement, { alsoChanges })
  const ofProblem = useWrite(casesApi.moveProblemAction, { alsoChanges })
  const ofProcess = useWrite(casesApi.moveProcessAction, { alsoChanges })
  const to = (state: Line['state']) => {
    const { version } = of
    const sent =
      of.reviewId || of.auditId
        ? ofProcess.send({ actionId: of.id, version, state })
        : of.problem
          ? ofProblem.send({ problemId: of.problem.id, actionId: of.id, version, state })
          : of.case && ofLesson.send({ caseId: of.case.id, version, state })
    void sent?.catch(notice.refused)
  }
  if (of.state !== 'open')
    return (
      <Button size="small" type="text" onClick={() => to('open')}>
        {t('action.again')}
      </Button>
    )
  return (
    <span className="row">
      {of.case && (
        <Button size="small" onClick={plan}>
          {t('improvement.plan')}
        </Button>
      )}
      <Button size="small" onClick={() => to('done')}>
        {t('action.done')}
      </Button>
      {of.may.drop && (
        <Button size="small" type="text" onClick={() => to('dropped')}>
          {t('action.drop')}
        </Button>
      )}
    </span>
  )
}

function Plan({ caseId, of, close }: { readonly caseId: string; readonly of: Line; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const write = useWrite(casesApi.planImprovement, { onDone: close, alsoChanges: ['commitments'] })
  return (
    <Dialog title={t('improvement.plan')} onClose={close}>
      <Form<{ readonly ownerId: string; readonly dueDay: string }>
        fields={[
          { name: 'ownerId', kind: 'people', label: t('improvement.owner'), required: true },
          { name: 'dueDay', kind: 'day', label: t('field.due'), required: true },
        ]}
        initial={{ ...(of.ownerId ? { ownerId: of.ownerId } : {}), ...(of.dueDay ? { dueDay: of.dueDay } : {}) }}
        onSubmit={(values) => write.send({ caseId, version: of.version, ...values })}
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
