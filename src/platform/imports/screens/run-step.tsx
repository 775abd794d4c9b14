import { Alert, Button } from 'antd'
import { Link } from 'react-router'
import { runsApi } from '#platform/runs/api.ts'
import { useFormat } from '#ui/format.ts'
import { Loaded, Section } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { RunProgress } from '#ui/run-progress.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { type Import, type ImporterView, importsApi } from '../api.ts'
import { useImportWords } from './import-words.ts'
import { OutcomeView } from './outcome.tsx'
import { StartLink } from './start-link.tsx'
import { Steps } from './steps.tsx'
import { UndoButton, UndoResult } from './undo.tsx'

/** What an import changes besides itself. */
export const alsoChanges = ['runs', 'customers', 'orders', 'value', 'insight']

/** The third and fourth step: the dry run and what it says, the import and what came of it. Whoever comes back to a running import finds it here. */
export function RunStep({ id }: { id: string }) {
  const one = useRead(importsApi.one, { id }, { keepPrevious: false })
  const importers = useRead(importsApi.importers, {})
  return (
    <Loaded of={one}>
      {(found) => {
        const importer = importers.data?.items.find((kind) => kind.kind === found.importer)
        return (
          <>
            <Steps at={found.dryRun ? 'check' : 'import'} />
            {(importer || importers.isFetched) && <Attempt of={found} importer={importer ?? unknown(found.importer)} />}
          </>
        )
      }}
    </Loaded>
  )
}

/** A kind that one may no longer import still has a history. */
const unknown = (kind: string): ImporterView => ({ kind, module: 'imports', fields: [], options: [], undoable: false })

function Attempt({ of, importer }: { of: Import; importer: ImporterView }) {
  const t = useWords('imports')
  const words = useImportWords()
  const open = of.state === 'waiting' || of.state === 'running'
  const undoing = of.undo && (of.undo.state === 'waiting' || of.undo.state === 'running') ? of.undo.id : null
  return (
    <>
      <p className="import-file">
        <b>{of.fileName}</b>
        <span className="muted">
          {words.kind(importer)} · {t('source.of', { source: of.mapping.source })}
        </span>
        <Asked of={of} />
      </p>
      {open && (
        <Section title={t(of.dryRun ? 'running.check' : 'running.import')} about={t('running.about')}>
          <RunProgress run={of.id} module="imports" alsoChanges={alsoChanges} />
        </Section>
      )}
      {undoing && (
        <Section title={t('undo.running')} about={t('running.about')}>
          <RunProgress run={undoing} module="imports" alsoChanges={alsoChanges} />
        </Section>
      )}
      {of.state === 'failed' && (
        <Alert
          className="import-said"
          type="error"
          showIcon
          role="alert"
          title={t(of.dryRun ? 'failed.check' : 'failed.import')}
          description={of.problem}
        />
      )}
      {of.state === 'cancelled' && (
        <Alert className="import-said" type="warning" showIcon title={t(of.dryRun ? 'cancelled.check' : 'cancelled.import')} />
      )}
      {of.state === 'undone' && <Alert className="import-said" type="info" showIcon title={t('undone')} />}
      {of.undo && !undoing && <UndoResult undo={of.undo} importer={importer} />}
      {of.outcome && <OutcomeView of={of} outcome={of.outcome} importer={importer} />}
      {!open && !undoing && <Next of={of} importer={importer} />}
    </>
  )
}

function Asked({ of }: { of: Import }) {
  const format = useFormat()
  return (
    <span className="muted">
      <time dateTime={of.requestedAt.toISOString()}>{format.instant(of.requestedAt)}</time>
    </span>
  )
}

/** Where it goes on from here. */
function Next({ of, importer }: { of: Import; importer: ImporterView }) {
  const t = useWords('imports')
  const { may } = useSession()
  const start = useWrite(importsApi.start, { alsoChanges: ['runs'] })
  const undo = useWrite(runsApi.undo, { alsoChanges: ['imports'] })
  const write = may('imports.write')
  const correct = of.fileId && `/import?kind=${of.importer}&file=${of.fileId}&like=${of.id}`
  return (
    <>
      <Refused problem={start.problem ?? undo.problem} />
      <div className="import-actions">
        {write && of.dryRun && of.state === 'done' && of.fileId && <StartLink of={of} fileId={of.fileId} start={start} />}
        {write && correct && (of.dryRun || of.state !== 'done') && (
          <Link to={correct}>
            <Button type={of.dryRun && of.state === 'done' ? 'default' : 'primary'}>{t('correctColumns')}</Button>
          </Link>
        )}
        {write && !of.dryRun && (
          <Link to={`/import?kind=${of.importer}`}>
            <Button type={of.state === 'done' ? 'primary' : 'default'}>{t('another')}</Button>
          </Link>
        )}
        {of.mayUndo && <UndoButton of={of} importer={importer} undo={undo} />}
      </div>
    </>
  )
}
