import { DownloadOutlined } from '@ant-design/icons'
import { Button, Checkbox, Tag } from 'antd'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { runsApi } from '#platform/runs/api.ts'
import { download } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { type Column, DataTable } from '#ui/table.tsx'
import { usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { type Import, type ImporterView, importsApi } from '../api.ts'
import { useImportWords } from './import-words.ts'
import { UndoButton } from './undo.tsx'
import './imports.css'

/** Every import: when, who, what came of it; its rejected rows, and its undoing. */
export function HistoryPage() {
  const t = useWords('imports')
  const words = useImportWords()
  const format = useFormat()
  const { nameOf } = usePeople()
  const [dryRuns, setDryRuns] = useState(false)
  const importers = useRead(importsApi.importers, {})
  const pages = usePages(importsApi.list, { ...(dryRuns ? { dryRuns: true } : {}), limit: 50 })
  const working = pages.items.some((one) => isOpen(one.state) || (one.undo !== null && isOpen(one.undo.state)))
  const { again } = pages
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` is new with every drawing
  useEffect(() => {
    if (!working) return
    const timer = setInterval(again, 3000)
    return () => clearInterval(timer)
  }, [working])
  const importerOf = (one: Import): ImporterView =>
    importers.data?.items.find((importer) => importer.kind === one.importer) ?? {
      kind: one.importer,
      module: 'imports',
      fields: [],
      options: [],
      undoable: false,
    }
  const count = (one: Import, name: string) => {
    const found = one.outcome?.counts[name]
    return found === undefined ? '–' : format.number(found)
  }
  const columns: Column<Import>[] = [
    { key: 'file', title: t('history.file'), cell: (one) => one.fileName },
    {
      key: 'kind',
      title: t('history.kind'),
      cell: (one) => (
        <>
          {words.kind(importerOf(one))} {one.dryRun && <Tag>{t('history.dryRun')}</Tag>}
        </>
      ),
    },
    { key: 'state', title: t('history.state'), cell: (one) => <State of={one} /> },
    { key: 'rows', title: t('result.rows'), align: 'end', cell: (one) => format.number(one.outcome?.rows) },
    { key: 'new', title: t('count.new'), align: 'end', cell: (one) => count(one, 'new') },
    { key: 'changed', title: t('count.changed'), align: 'end', cell: (one) => count(one, 'changed') },
    { key: 'rejected', title: t('result.rejected'), align: 'end', cell: (one) => <Rejected of={one} /> },
    { key: 'source', title: t('source.label'), cell: (one) => one.mapping.source, optional: true },
    {
      key: 'at',
      title: t('history.at'),
      cell: (one) => (
        <span className="import-when">
          <span className="nowrap">{format.instant(one.requestedAt)}</span>
          <span className="muted">{nameOf(one.requestedBy)}</span>
        </span>
      ),
    },
    { key: 'actions', title: t('history.actions'), cell: (one) => <Undo of={one} importer={importerOf(one)} /> },
  ]
  return (
    <Page
      title={t('history.title')}
      about={t('history.about')}
      actions={
        <Link to="/import">
          <Button type="primary">{t('history.import')}</Button>
        </Link>
      }
    >
      <DataTable
        name="imports"
        label={t('history.title')}
        columns={columns}
        pages={pages}
        rowKey={(one) => one.id}
        to={(one) => `/import?run=${one.id}`}
        toolbar={
          <Checkbox checked={dryRuns} onChange={(event) => setDryRuns(event.target.checked)}>
            {t('history.dryRuns')}
          </Checkbox>
        }
        empty={
          <Empty
            title={t('history.empty')}
            action={
              <Link to="/import">
                <Button type="primary">{t('history.import')}</Button>
              </Link>
            }
          >
            {t('history.emptyHelp')}
          </Empty>
        }
      />
    </Page>
  )
}

function State({ of }: { of: Import }) {
  const t = useWords('ui')
  const undoing = of.undo !== null && isOpen(of.undo.state)
  return <span className={of.state === 'failed' ? 'figure-loss' : undefined}>{t(undoing ? 'run.undoing' : `run.${of.state}`)}</span>
}

/** How many rows were rejected; where they are kept, the number takes them to the reader. */
function Rejected({ of }: { of: Import }) {
  const t = useWords('imports')
  const format = useFormat()
  const notice = useNotice()
  const rejected = format.number(of.outcome?.rejected)
  if (!of.hasRejects) return rejected
  return (
    <Button
      type="link"
      icon={<DownloadOutlined />}
      aria-label={t('rejected.downloadOf', { file: of.fileName })}
      title={t('rejected.download')}
      onClick={() => void download(importsApi.rejects, { id: of.id }).catch(notice.refused)}
    >
      {rejected}
    </Button>
  )
}

function Undo({ of, importer }: { of: Import; importer: ImporterView }) {
  const notice = useNotice()
  const undo = useWrite(runsApi.undo, { alsoChanges: ['imports'] })
  if (!of.mayUndo) return null
  return (
    <UndoButton
      of={of}
      importer={importer}
      short
      undo={{
        ...undo,
        send: (input) =>
          undo.send(input).catch((problem) => {
            notice.refused(problem)
            throw problem
          }),
      }}
    />
  )
}

const isOpen = (state: Import['state']) => state === 'waiting' || state === 'running'
