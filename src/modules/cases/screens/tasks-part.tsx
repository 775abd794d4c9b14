import { PlusOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { usePeople } from '#ui/people.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { ActDialog } from './act-dialog.tsx'
import type { Detail } from './shown.ts'

/** Who does what by when, with what proves it (G-10); the execution is not complete before nothing is left. */
export function TasksPart({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const { data } = useRead(casesApi.tasks, { caseId: found.id })
  const [giving, setGiving] = useState(false)
  const [closing, setClosing] = useState<{ readonly id: string; readonly title: string; readonly done: boolean } | null>(null)
  const tasks = data?.tasks ?? []
  const may = found.may.includes('task-given')
  if (tasks.length === 0 && !may) return null
  return (
    <section aria-label={t('tasks.title')}>
      <h3>{t('tasks.title')}</h3>
      {tasks.length === 0 ? (
        <p className="muted">{t('tasks.none')}</p>
      ) : (
        <ul className="plain-list case-tasks">
          {tasks.map(({ commitmentId, title, ownerId, dueDay, late, state, proof }) => (
            <li key={commitmentId} className="row">
              <Tag {...(late ? { color: 'error' } : {})}>{`${state === 'done' ? '✓ ' : ''}${t(late ? 'late' : `taskState.${state}`)}`}</Tag>
              <span>{title}</span>
              <small className={late ? 'case-late' : 'muted'}>
                {people.nameOf(ownerId)} · {format.day(dueDay)}
              </small>
              {proof && <small className="muted">{proof}</small>}
              {state === 'open' && found.may.includes('task-changed') && (
                <>
                  <Button
                    size="small"
                    onClick={() => setClosing({ id: commitmentId, title, done: true })}
                    aria-label={t('tasks.doneOf', { title })}
                  >
                    {t('tasks.done')}
                  </Button>
                  <Button
                    size="small"
                    type="text"
                    onClick={() => setClosing({ id: commitmentId, title, done: false })}
                    aria-label={t('tasks.dropOf', { title })}
                  >
                    {t('tasks.drop')}
                  </Button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {may && (
        <Button icon={<PlusOutlined />} onClick={() => setGiving(true)}>
          {t('act.task-given')}
        </Button>
      )}
      {giving && <ActDialog act="task-given" found={found} close={() => setGiving(false)} />}
      {closing && <Close found={found} task={closing} close={() => setClosing(null)} />}
    </section>
  )
}

function Close({
  found,
  task,
  close,
}: {
  readonly found: Detail
  readonly task: { readonly id: string; readonly title: string; readonly done: boolean }
  readonly close: () => void
}) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const write = useWrite(task.done ? casesApi.finishTask : casesApi.dropTask, {
    alsoChanges: ['commitments'],
    onDone: () => {
      notice.done(t('acted'))
      close()
    },
  })
  return (
    <Dialog title={task.title} onClose={close}>
      <Form<{ note: string }>
        fields={[
          {
            name: 'note',
            kind: 'area',
            label: t(task.done ? 'tasks.proof' : 'tasks.whyDropped'),
            required: true,
            rows: 3,
            maxLength: 5000,
          },
        ]}
        initial={{}}
        onSubmit={({ note }) => write.send({ caseId: found.id, version: found.version, commitmentId: task.id, note })}
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
