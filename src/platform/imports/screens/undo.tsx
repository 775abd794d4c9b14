import { Alert, Button } from 'antd'
import { Link } from 'react-router'
import type { runsApi } from '#platform/runs/api.ts'
import { useConfirm } from '#ui/confirm.ts'
import { useFormat } from '#ui/format.ts'
import { Section } from '#ui/page.tsx'
import type { Write } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import type { Import, ImporterView } from '../api.ts'
import { useImportWords } from './import-words.ts'

export interface UndoButtonProps {
  readonly of: Import
  readonly importer: ImporterView
  readonly undo: Write<typeof runsApi.undo>
  /** Where a list has little room. */
  readonly short?: boolean
}

export function UndoButton({ of, importer, undo, short = false }: UndoButtonProps) {
  const t = useWords('imports')
  const words = useImportWords()
  const confirm = useConfirm()
  const ask = () =>
    confirm(
      { title: t('undo.ask', { kind: words.kind(importer), file: of.fileName }), verb: t('undo.confirm'), about: t('undo.help') },
      () => undo.send({ id: of.id }).catch(() => {}),
    )
  return (
    <Button loading={undo.pending} onClick={ask} {...(short ? { 'aria-label': `${t('undo.action')}: ${of.fileName}` } : {})}>
      {t(short ? 'undo.confirm' : 'undo.action')}
    </Button>
  )
}

/** What the undoing did, and what it left alone because somebody has changed it since. */
export function UndoResult({ undo, importer }: { undo: NonNullable<Import['undo']>; importer: ImporterView }) {
  const t = useWords('imports')
  const words = useImportWords()
  const format = useFormat()
  if (undo.state === 'failed')
    return <Alert className="import-said" type="error" showIcon role="alert" title={t('undo.failed')} description={undo.problem} />
  if (undo.state === 'cancelled') return <Alert className="import-said" type="warning" showIcon title={t('undo.cancelled')} />
  const counts = Object.entries(undo.counts ?? {}).filter(([, count]) => count > 0)
  if (counts.length === 0 && undo.leftCount === 0) return null
  return (
    <Section title={t('undo.result')}>
      <dl className="facts">
        {counts.map(([name, count]) => (
          <div key={name}>
            <dt>{words.count(importer, name)}</dt>
            <dd>{format.number(count)}</dd>
          </div>
        ))}
      </dl>
      {undo.leftCount > 0 && (
        <>
          <p className="import-warning">{t('undo.left', { count: undo.leftCount, shown: format.number(undo.leftCount) })}</p>
          <ul className="plain-list">
            {undo.left.map(({ id, name }) => (
              <li key={id}>{importer.module === 'customers' ? <Link to={`/customers/${id}`}>{name}</Link> : name}</li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
