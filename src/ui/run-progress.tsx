/**
 * Follows long work: what it is doing, how far it is, cancel, undo, and what came of it.
 *
 *   <RunProgress run={runId} module="imports" result={(result) => <ImportResult result={result} />} onEnd={(run) => …} />
 *
 * `phase.<phase>` of the module's words names the phase. Looks every second while the run works, and stops when it has ended.
 * When it ends, the module's answers count as out of date (and those of `alsoChanges`); when it is undone, the undoing is followed in its place.
 */

import { useQueryClient } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { type Run, runsApi } from '#platform/runs/api.ts'
import { useConfirm } from './confirm.ts'
import { useFormat } from './format.ts'
import { Loaded } from './page.tsx'
import { Refused } from './refused.tsx'
import { useRead, useWrite } from './use-endpoint.ts'
import { hasWord, useWords } from './words.ts'

export type { Run } from '#platform/runs/api.ts'

export interface RunProgressProps {
  readonly run: string
  /** Whose words name the phases, and whose answers the run changes. */
  readonly module: string
  readonly alsoChanges?: readonly string[]
  /** What came of it, once it is done. */
  readonly result?: (result: unknown, run: Run) => ReactNode
  readonly onEnd?: (run: Run) => void
}

export function RunProgress({ run: first, module, alsoChanges = [], result, onEnd }: RunProgressProps) {
  const [undoing, setUndoing] = useState<string | null>(null)
  const id = undoing ?? first
  const run = useRead(runsApi.one, { id }, { every: (data) => (data && ended(data as Run) ? false : 1000), keepPrevious: false })
  const cache = useQueryClient()
  const told = useRef('')
  const latest = run.data
  useEffect(() => {
    if (!latest || !ended(latest) || told.current === latest.id) return
    told.current = latest.id
    for (const name of [module, ...alsoChanges]) void cache.invalidateQueries({ queryKey: [name] })
    onEnd?.(latest)
  }, [latest, module, alsoChanges, cache, onEnd])
  return (
    <Loaded of={run}>{(data) => <RunState run={data} module={module} result={result} onUndo={(undo) => setUndoing(undo.id)} />}</Loaded>
  )
}

function RunState({
  run,
  module,
  result,
  onUndo,
}: {
  run: Run
  module: string
  result: RunProgressProps['result']
  onUndo: (undo: Run) => void
}) {
  const t = useWords('ui', module)
  const confirm = useConfirm()
  const format = useFormat()
  const cancel = useWrite(runsApi.cancel)
  const undo = useWrite(runsApi.undo, { onDone: onUndo })
  const { progress } = run
  const share = progress?.total ? Math.min(1, progress.done / progress.total) : null
  return (
    <div className="run">
      <div className="run-line">
        <span role="status">
          <b>{t(run.undoOf && run.state === 'running' ? 'run.undoing' : `run.${run.state}`)}</b>
          {!ended(run) && progress && hasWord(module, `phase.${progress.phase}`) && ` · ${t(`${module}:phase.${progress.phase}`)}`}
          {run.finishedAt && <span className="muted"> · {t('run.finished', { ago: format.ago(run.finishedAt) })}</span>}
        </span>
        <span className="row">
          {!ended(run) && run.mayCancel && (
            <Button
              onClick={() => void cancel.send({ id: run.id }).catch(() => {})}
              loading={cancel.pending}
              disabled={cancel.result !== undefined}
            >
              {t(cancel.result ? 'run.cancelling' : 'run.cancel')}
            </Button>
          )}
          {ended(run) && run.mayUndo && (
            <Button
              loading={undo.pending}
              onClick={() =>
                confirm({ title: t('run.undoAsk'), verb: t('run.undo'), harmless: true }, () => undo.send({ id: run.id }).catch(() => {}))
              }
            >
              {t('run.undo')}
            </Button>
          )}
        </span>
      </div>
      {!ended(run) && progress && (
        <>
          <Progress
            percent={share === null ? 100 : Math.floor(share * 100)}
            status="active"
            showInfo={share !== null}
            aria-label={t(`run.${run.state}`)}
            {...(share === null ? { strokeColor: 'var(--line)' } : {})}
          />
          <span className="muted figure">
            {progress.total === null
              ? t('run.progressOpen', { done: format.number(progress.done) })
              : t('run.progress', { done: format.number(progress.done), total: format.number(progress.total) })}
          </span>
        </>
      )}
      {run.problem && <p role="alert">{run.problem}</p>}
      <Refused problem={cancel.problem ?? undo.problem} />
      {run.state === 'done' && result?.(run.result, run)}
    </div>
  )
}

const ended = (run: Run) => run.state !== 'waiting' && run.state !== 'running'
