import { Button } from 'antd'
import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { useToday } from '#ui/today.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import type { Detail } from './problem-page.tsx'

type Action = Detail['actions'][number]

/** What is done against the cause; each stands in the day of whoever does it. */
export function ProblemActions({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const notice = useNotice()
  const { may } = useSession()
  const [adding, setAdding] = useState(false)
  const [done, setDone] = useState<Action | null>(null)
  const move = useWrite(casesApi.moveProblemAction, { alsoChanges: ['commitments'] })
  const to = (action: Action, state: Action['state']) =>
    void move.send({ problemId: found.id, actionId: action.id, version: action.version, state }).catch(notice.refused)
  const add = may('cases.write') && found.state !== 'dismissed' && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('action.new')}
    </Button>
  )
  return (
    <Section title={t('problem.actions')} about={t('action.about')} {...(add ? { actions: add } : {})}>
      <DataTable
        name="problem-actions"
        label={t('problem.actions')}
        pages={{ items: found.actions }}
        rowKey={(row) => row.id}
        columns={[
          { key: 'text', title: t('action.text'), cell: (row) => row.text },
          { key: 'owner', title: t('action.owner'), cell: (row) => people.nameOf(row.ownerId) },
          { key: 'due', title: t('field.due'), cell: (row) => format.day(row.dueDay) },
          {
            key: 'state',
            title: t('export.state'),
            cell: (row) => (row.state === 'done' ? t('action.doneOn', { day: format.day(row.doneOn) }) : t(`actionState.${row.state}`)),
          },
          {
            key: 'move',
            title: t('action.move'),
            cell: (row) =>
              may('cases.write') && (
                <span className="row">
                  {row.state === 'open' ? (
                    <>
                      <Button size="small" onClick={() => setDone(row)}>
                        {t('action.done')}
                      </Button>
                      <Button size="small" type="text" onClick={() => to(row, 'dropped')}>
                        {t('action.drop')}
                      </Button>
                    </>
                  ) : (
                    <Button size="small" type="text" onClick={() => to(row, 'open')}>
                      {t('action.again')}
                    </Button>
                  )}
                </span>
              ),
          },
        ]}
        empty={<p className="muted">{t('action.none')}</p>}
      />
      {done && <DoneAction problemId={found.id} action={done} close={() => setDone(null)} />}
      {adding && <NewAction problemId={found.id} close={() => setAdding(false)} />}
    </Section>
  )
}

/** On which day it was carried out: from the last such day on it is counted whether the complaints come back. */
function DoneAction({ problemId, action, close }: { readonly problemId: string; readonly action: Action; readonly close: () => void }) {
  const t = useWords('cases')
  const today = useToday()
  const write = useWrite(casesApi.moveProblemAction, { onDone: close, alsoChanges: ['commitments'] })
  return (
    <Dialog title={action.text} onClose={close}>
      <Form<{ readonly doneOn: string }>
        fields={[{ name: 'doneOn', kind: 'day', label: t('action.when'), help: t('action.whenHelp'), required: true, max: today }]}
        initial={{ doneOn: today }}
        onSubmit={({ doneOn }) => write.send({ problemId, actionId: action.id, version: action.version, state: 'done', doneOn })}
        problem={write.problem}
        pending={write.pending}
        submit={t('action.done')}
        cancel={close}
      />
    </Dialog>
  )
}

function NewAction({ problemId, close }: { readonly problemId: string; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const write = useWrite(casesApi.addProblemAction, { onDone: close, alsoChanges: ['commitments'] })
  return (
    <Dialog title={t('action.new')} onClose={close}>
      <Form<{ readonly text: string; readonly ownerId: string; readonly dueDay: string }>
        fields={[
          { name: 'text', kind: 'area', label: t('action.text'), required: true, maxLength: 500, rows: 2 },
          { name: 'ownerId', kind: 'people', label: t('action.owner'), required: true },
          { name: 'dueDay', kind: 'day', label: t('field.due'), required: true },
        ]}
        initial={{}}
        onSubmit={(values) => write.send({ problemId, ...values })}
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
