import { Button, Tag } from 'antd'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { Dialog } from '#ui/dialog.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { ProblemForm, type ProblemTerms } from './problem-form.tsx'
import type { Detail } from './shown.ts'
import './cases.css'
import './seeing.css'

/** Whether others have the same cause: the problem it belongs to, those it may belong to, and whether it should not have come any more. */
export function CaseProblemPanel({ caseId }: { readonly caseId: string }) {
  const t = useWords('cases')
  const format = useFormat()
  const notice = useNotice()
  const { may } = useSession()
  const found = useRead(casesApi.caseProblems, { caseId })
  const one = useRead(casesApi.one, { caseId })
  const link = useWrite(casesApi.linkProblem)
  const [making, setMaking] = useState(false)
  const to = (problemId: string | null) => {
    if (one.data) void link.send({ caseId, version: one.data.version, problemId }).catch(notice.refused)
  }
  return (
    <Loaded of={found} lines={2}>
      {({ problem, suggestions, recurrence }) => (
        <>
          {recurrence && (
            <p className="case-past">
              <strong>{t('recurred.title')}</strong>{' '}
              {recurrence.problem ? (
                <Link to={`/cases/problems/${recurrence.problem.id}`}>{t('recurred.problem', { title: recurrence.problem.title })}</Link>
              ) : (
                recurrence.earlierCaseId && <Link to={`/cases/${recurrence.earlierCaseId}`}>{t('recurred.case')}</Link>
              )}{' '}
              <span className="muted">{format.instant(recurrence.at)}</span>
            </p>
          )}
          {problem && (
            <p className="row">
              <Link to={`/cases/problems/${problem.id}`}>{problem.title}</Link>
              <Tag>{t(`problemState.${problem.state}`)}</Tag>
              {may('cases.write') && (
                <Button size="small" type="text" onClick={() => to(null)} loading={link.pending}>
                  {t('problem.unlink')}
                </Button>
              )}
            </p>
          )}
          {!problem && suggestions.length === 0 && <p className="muted">{t('problem.noneAlike')}</p>}
          {!problem && one.data?.kind === 'complaint' && one.data.state !== 'merged' && may('cases.write') && (
            <Button onClick={() => setMaking(true)}>{t('problem.ofCase')}</Button>
          )}
          {making && one.data && <MakeProblem found={one.data} close={() => setMaking(false)} />}
          {suggestions.length > 0 && (
            <ul className="case-checks" aria-label={t('problem.mayBelong')}>
              {suggestions.map(({ id, title, state, agrees }) => (
                <li key={id} className="row">
                  <Link to={`/cases/problems/${id}`}>{title}</Link>
                  <Tag>{t(`problemState.${state}`)}</Tag>
                  <span className="muted">{t(agrees ? 'problem.agrees' : 'problem.near')}</span>
                  {may('cases.write') && (
                    <Button size="small" onClick={() => to(id)} loading={link.pending}>
                      {t('problem.link')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Loaded>
  )
}

/** A problem of what the case says; the case is its first. */
function MakeProblem({ found, close }: { readonly found: Detail; readonly close: () => void }) {
  const t = useWords('cases')
  const { record, cause } = found
  const link = useWrite(casesApi.linkProblem, { onDone: close })
  const open = useWrite(casesApi.openProblem)
  // Where the case changed meanwhile it is only linked again, not recorded twice.
  const made = useRef<string | null>(null)
  const initial: ProblemTerms = {
    ...{ title: record.subject, description: null, ownerId: found.ownerId },
    ...{ cause: cause?.causeId ?? cause?.field ?? null, category: record.category, reason: record.reason, productCode: record.productCode },
  }
  return (
    <Dialog title={t('problem.ofCase')} onClose={close} wide>
      <ProblemForm
        initial={initial}
        onSubmit={async (terms) => {
          made.current ??= (await open.send(terms)).id
          await link.send({ caseId: found.id, version: found.version, problemId: made.current })
        }}
        problem={open.problem ?? link.problem}
        pending={open.pending || link.pending}
        cancel={close}
      />
    </Dialog>
  )
}
