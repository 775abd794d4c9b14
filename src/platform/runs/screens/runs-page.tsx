import { Button, Progress } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useConfirm } from '#ui/confirm.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Page } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import type { Run } from '#ui/run-progress.tsx'
import { type Column, DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { hasWord, useWords } from '#ui/words.ts'
import { runsApi } from '../api.ts'
import { subjectOf } from './subject.ts'
import './runs.css'

/** All long work, newest first: what it is, how far it is, who asked for it; to stop it or take it back. */
export function RunsPage() {
  const t = useWords('runs')
  const format = useFormat()
  const { nameOf } = usePeople()
  const runs = useRead(runsApi.list, { limit: 100 }, { every: (data) => ((data as Run[] | undefined)?.some(isOpen) ? 1500 : 15_000) })
  const columns: Column<Run>[] = [
    { key: 'what', title: t('column.what'), cell: (run) => <What run={run} /> },
    { key: 'state', title: t('column.state'), cell: (run) => <State run={run} /> },
    { key: 'by', title: t('column.by'), cell: (run) => nameOf(run.requestedBy) },
    {
      key: 'at',
      title: t('column.at'),
      cell: (run) => <time dateTime={run.requestedAt.toISOString()}>{format.instant(run.requestedAt)}</time>,
    },
    { key: 'took', title: t('column.took'), align: 'end', cell: (run) => took(run, t, format.number), optional: true },
    { key: 'actions', title: t('column.actions'), cell: (run) => <RunActions run={run} /> },
  ]
  return (
    <Page title={t('title')} about={t('about')}>
      {runs.isPending || !runs.data ? (
        <Refused problem={runs.error} again={runs.refetch} />
      ) : (
        <DataTable
          name="runs"
          label={t('title')}
          columns={columns}
          pages={{ items: runs.data }}
          rowKey={(run) => run.id}
          empty={<Empty title={t('empty')}>{t('emptyHelp')}</Empty>}
        />
      )}
    </Page>
  )
}

function What({ run }: { run: Run }): ReactNode {
  const t = useWords('runs')
  const { to, detail, dryRun } = subjectOf(run)
  const name = dryRun ? t('kind.check') : hasWord('runs', `kind.${run.kind}`) ? t(`kind.${run.kind}`) : run.kind
  return (
    <div className="run-what">
      {to ? <Link to={to}>{run.undoOf ? t('undoOf', { name }) : name}</Link> : <span>{run.undoOf ? t('undoOf', { name }) : name}</span>}
      {detail && <span className="muted">{detail}</span>}
    </div>
  )
}

function State({ run }: { run: Run }) {
  const format = useFormat()
  const { progress } = run
  const module = subjectOf(run).module
  const t = useWords('ui', module)
  const share = progress?.total ? Math.min(1, progress.done / progress.total) : null
  return (
    <div className="run-what">
      <span role="status">
        {t(run.undoOf && run.state === 'running' ? 'run.undoing' : `run.${run.state}`)}
        {isOpen(run) && progress && hasWord(module, `phase.${progress.phase}`) && ` · ${t(`${module}:phase.${progress.phase}`)}`}
      </span>
      {run.state === 'running' && share !== null && (
        <Progress percent={Math.floor(share * 100)} size="small" aria-label={t('run.running')} />
      )}
      {run.state === 'running' && share === null && progress && (
        <span className="muted figure">{t('run.progressOpen', { done: format.number(progress.done) })}</span>
      )}
      {run.problem && <span className="figure-loss">{run.problem}</span>}
    </div>
  )
}

function RunActions({ run }: { run: Run }) {
  const t = useWords('ui')
  const words = useWords('runs')
  const cancel = useWrite(runsApi.cancel)
  const undo = useWrite(runsApi.undo)
  const mayUndo = run.mayUndo && !subjectOf(run).dryRun
  const confirm = useConfirm()
  if (!run.mayCancel && !mayUndo) return null
  const ask = () =>
    confirm({ title: t('run.undoAsk'), verb: t('run.undo'), about: words('undoHelp'), harmless: true }, () =>
      undo.send({ id: run.id }).catch(() => {}),
    )
  return (
    <div className="run-what">
      <span className="row">
        {run.mayCancel && (
          <Button size="small" loading={cancel.pending} onClick={() => void cancel.send({ id: run.id }).catch(() => {})}>
            {t('run.cancel')}
          </Button>
        )}
        {mayUndo && (
          <Button size="small" loading={undo.pending} onClick={ask}>
            {t('run.undo')}
          </Button>
        )}
      </span>
      <Refused problem={cancel.problem ?? undo.problem} />
    </div>
  )
}

const isOpen = (run: Run) => run.state === 'waiting' || run.state === 'running'

function took(run: Run, t: (key: string, values?: Record<string, unknown>) => string, number: (value: number, digits?: number) => string) {
  if (!run.startedAt || !run.finishedAt) return '–'
  const seconds = (run.finishedAt.getTime() - run.startedAt.getTime()) / 1000
  if (seconds >= 90) return t('minutes', { minutes: number(seconds / 60, 1) })
  return t('seconds', { seconds: number(seconds, seconds < 10 ? 1 : 0) })
}
