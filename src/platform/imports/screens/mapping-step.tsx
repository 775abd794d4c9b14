import { Button } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { Problem, ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { Loaded, Section } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { type ImporterView, type ImportMapping, importsApi, type LayoutChoice } from '../api.ts'
import { ColumnTable } from './column-table.tsx'
import { FileForm } from './file-form.tsx'
import { ImportOptions } from './import-options.tsx'
import { useImportWords } from './import-words.ts'
import { SavedMappings } from './saved-mappings.tsx'
import { WrittenForms } from './written-forms.tsx'

type Inspected = ResultOf<typeof importsApi.inspect>

interface MappingStepProps {
  readonly importer: string
  readonly fileId: string
  /** The earlier attempt whose mapping is corrected. */
  readonly like: string | null
  /** The source that the records belong to, where it is known already. */
  readonly from: string | null
}

/** The second step: which column holds what, how dates and amounts are written, and whatever else the file does not say. */
export function MappingStep({ importer: kind, fileId, like, from }: MappingStepProps) {
  const [layout, setLayout] = useState<LayoutChoice>({})
  const [saved, setSaved] = useState<string | undefined>(undefined)
  const importers = useRead(importsApi.importers, {})
  const decided = Object.keys(layout).length > 0
  const inspection = useRead(importsApi.inspect, { importer: kind, fileId, ...(decided ? { layout } : {}), ...(saved ? { saved } : {}) })
  const before = useRead(importsApi.one, { id: like ?? '' }, { enabled: like !== null })
  const importer = importers.data?.items.find((one) => one.kind === kind)
  // A file that cannot be read is not read better by asking again.
  if (inspection.error && inspection.data === undefined) return <Unreadable problem={inspection.error} kind={kind} />
  return (
    <Loaded of={inspection} lines={10}>
      {(found) =>
        importer &&
        (like === null || before.data || before.error) && (
          <Mapping
            // Another layout or a saved mapping begins anew; what is being corrected stays as long as nothing else is asked for.
            key={JSON.stringify([found.layout, found.savedAs])}
            importer={importer}
            fileId={fileId}
            found={found}
            initial={
              before.data && !decided && !saved ? before.data.mapping : from ? { ...found.suggested, source: from } : found.suggested
            }
            onLayout={(choice) => setLayout({ ...layout, ...choice })}
            onSaved={setSaved}
          />
        )
      }
    </Loaded>
  )
}

function Unreadable({ problem, kind }: { problem: Problem; kind: string }) {
  const t = useWords('imports')
  return (
    <>
      <Refused problem={problem} />
      <p className="import-actions">
        <Link to={`/import?kind=${kind}`}>{t('otherFile')}</Link>
      </p>
    </>
  )
}

interface MappingProps {
  readonly importer: ImporterView
  readonly fileId: string
  readonly found: Inspected
  readonly initial: ImportMapping
  readonly onLayout: (choice: LayoutChoice) => void
  readonly onSaved: (name: string) => void
}

function Mapping({ importer, fileId, found, initial, onLayout, onSaved }: MappingProps) {
  const t = useWords('imports')
  const words = useImportWords()
  const format = useFormat()
  const [, setParams] = useSearchParams()
  const [mapping, setMapping] = useState(initial)
  const [shown, setShown] = useState(false)
  const change = (part: Partial<ImportMapping>) => setMapping((now) => ({ ...now, ...part }))
  const start = useWrite(importsApi.start, { onDone: ({ id }) => setParams({ run: id }), alsoChanges: ['runs'] })
  const missing = importer.fields.filter((field) => field.required && mapping.columns[field.name] === undefined)
  const sourceMissing = mapping.source.trim() === '' || mapping.source.trim() === 'hand'
  const send = (dryRun: boolean) => {
    setShown(true)
    if (missing.length > 0) document.getElementById(`field-${missing[0]?.name}`)?.focus()
    else if (sourceMissing) document.getElementById('import-source')?.focus()
    else void start.send({ importer: importer.kind, fileId, mapping, dryRun }).catch(() => {})
  }
  return (
    <>
      <p className="import-file">
        <b>{found.fileName}</b>
        <span className="muted">
          {format.bytes(found.bytes)} · {t(`packed.${found.layout.kind === 'xlsx' ? 'xlsx' : found.layout.packed}`)} ·{' '}
          {words.kind(importer)}
        </span>
        <Link to={`/import?kind=${importer.kind}`}>{t('otherFile')}</Link>
      </p>
      <Section
        title={t('columns.title')}
        about={t('columns.about')}
        actions={<SavedMappings importer={importer} mapping={mapping} headers={found.headers} savedAs={found.savedAs} onLoad={onSaved} />}
      >
        <ColumnTable
          importer={importer}
          found={found}
          mapping={mapping}
          onColumns={(columns) => change({ columns })}
          problems={shown ? missing.map((field) => field.name) : []}
        />
      </Section>
      <WrittenForms importer={importer} found={found} mapping={mapping} onChange={change} />
      <ImportOptions importer={importer} mapping={mapping} onChange={change} sourceMissing={shown && sourceMissing} />
      <FileForm found={found} onLayout={onLayout} />
      <Refused problem={start.problem} />
      {missing.length > 0 && (
        <p className={shown ? 'figure-loss' : 'muted'} role={shown ? 'alert' : undefined}>
          {t('columns.missing', { count: missing.length, fields: format.list(missing.map((field) => words.field(importer, field.name))) })}
        </p>
      )}
      <div className="import-actions">
        <Button type="primary" loading={start.pending} onClick={() => send(true)}>
          {t('check')}
        </Button>
        <Button disabled={start.pending} onClick={() => send(false)}>
          {t('importUnchecked')}
        </Button>
        <span className="muted">{t('checkHelp')}</span>
      </div>
    </>
  )
}
