import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import type { ProblemState } from '../domain/problem.ts'
import { useCaseColumns } from './case-columns.tsx'
import { FactList, type Facts } from './facts.tsx'
import { ProblemActions } from './problem-actions.tsx'
import { ProblemChecks } from './problem-checks.tsx'
import { ProblemForm } from './problem-form.tsx'
import { ProblemWeeks } from './problem-weeks.tsx'
import { useProblemMatter } from './problem-words.ts'
import './cases.css'
import './seeing.css'

export type Detail = ResultOf<typeof casesApi.problem>

/** One cause of many complaints: what they have in common, what is done, and whether they come back. */
export function ProblemPage() {
  const { problemId = '' } = useParams()
  const found = useRead(casesApi.problem, { problemId }, { keepPrevious: false })
  return <Loaded of={found}>{(problem) => <Found found={problem} />}</Loaded>
}

function Found({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const matter = useProblemMatter()
  const { may, mayAll } = useSession()
  const [open, setOpen] = useState<'change' | ProblemState | null>(null)
  const close = () => setOpen(null)
  const facts: Facts = [
    [t('problem.matter'), matter(found)],
    [t('problem.description'), found.description],
    [t('problem.owner'), people.nameOf(found.ownerId)],
    [t('problem.opened'), `${format.instant(found.openedAt)} · ${people.nameOf(found.openedBy)}`],
    [
      t('problem.alert'),
      found.alert &&
        t('problem.alertSaid', {
          day: format.day(found.alert.on),
          complaints: format.number(found.alert.complaints),
          limit: format.number(found.alert.upperCount),
          expected: format.number(found.alert.expected, 1),
        }),
    ],
    [t('problem.curedOn'), found.curedOn && format.day(found.curedOn)],
    [t('problem.closed'), found.closedAt && `${format.instant(found.closedAt)} · ${people.nameOf(found.closedBy)}`],
    [t('problem.note'), found.note],
  ]
  return (
    <Page
      title={found.title}
      about={<Tag {...(found.state === 'draft' ? { color: 'warning' } : {})}>{t(`problemState.${found.state}`)}</Tag>}
      actions={
        <>
          {found.may.map((state) => (
            <Button key={state} onClick={() => setOpen(state)}>
              {t(`problemMove.${found.state}.${state}`, { defaultValue: t(`problemState.${state}`) })}
            </Button>
          ))}
          {may('cases.write') && <Button onClick={() => setOpen('change')}>{t('problem.change')}</Button>}
        </>
      }
    >
      <Section title={t('problem.what')}>
        <FactList of={facts} />
      </Section>
      <ProblemActions found={found} />
      {mayAll('cases.read') && <ProblemWeeks problemId={found.id} />}
      <ProblemChecks found={found} />
      <Cases problemId={found.id} which="its" />
      {(found.state === 'open' || found.state === 'draft') && <Cases problemId={found.id} which="candidates" />}
      {open === 'change' && <Change found={found} close={close} />}
      {open !== null && open !== 'change' && <Move found={found} state={open} close={close} />}
    </Page>
  )
}

function Change({ found, close }: { readonly found: Detail; readonly close: () => void }) {
  const t = useWords('cases')
  const write = useWrite(casesApi.changeProblem, { onDone: close })
  return (
    <Dialog title={t('problem.change')} onClose={close} wide>
      <ProblemForm
        initial={found}
        onSubmit={(terms) => write.send({ problemId: found.id, version: found.version, ...terms })}
        problem={write.problem}
        pending={write.pending}
        cancel={close}
      />
    </Dialog>
  )
}

function Move({ found, state, close }: { readonly found: Detail; readonly state: ProblemState; readonly close: () => void }) {
  const t = useWords('cases')
  const write = useWrite(casesApi.moveProblem, { onDone: close })
  const ends = state === 'solved' || state === 'dismissed'
  const title = t(`problemMove.${found.state}.${state}`, { defaultValue: t(`problemState.${state}`) })
  return (
    <Dialog title={title} onClose={close}>
      <Form<{ readonly note: string }>
        fields={[{ name: 'note', kind: 'area', label: t('problem.why'), maxLength: 2000, required: ends }]}
        initial={{}}
        onSubmit={({ note }) => write.send({ problemId: found.id, version: found.version, state, note: note || null })}
        problem={write.problem}
        pending={write.pending}
        submit={title}
        cancel={close}
      />
    </Dialog>
  )
}

/** The cases that belong to it, or open ones that may. */
function Cases({ problemId, which }: { readonly problemId: string; readonly which: 'its' | 'candidates' }) {
  const t = useWords('cases')
  const pages = usePages(casesApi.problemCases, { problemId, which, limit: 20 })
  const columns = useCaseColumns({ customer: true })
  return (
    <Section title={t(`problem.cases.${which}`)} about={t(`problem.casesAbout.${which}`)}>
      <DataTable
        name={`problem-cases-${which}`}
        label={t(`problem.cases.${which}`)}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        to={(row) => `/cases/${row.id}`}
        empty={<p className="muted">{t(`problem.noCases.${which}`)}</p>}
      />
    </Section>
  )
}
