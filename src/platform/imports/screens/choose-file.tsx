import { DownloadOutlined, FileTextOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { download, Problem, upload } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Section } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { type ImporterView, importsApi } from '../api.ts'
import { useImportWords } from './import-words.ts'

/** The first step: what is in the file, and the file. `from`: the source that the file's records belong to, where it is known already. */
export function ChooseFile({ kind, from }: { kind: string | null; from: string | null }) {
  const t = useWords('imports')
  const importers = useRead(importsApi.importers, {})
  const [, setParams] = useSearchParams()
  const known = from === null ? {} : { source: from }
  return (
    <Loaded of={importers}>
      {({ items }) => {
        const chosen = items.find((one) => one.kind === kind) ?? items.find((one) => one.kind === 'orders') ?? items[0]
        if (!chosen) return <Empty title={t('nothingToImport')}>{t('nothingToImportHelp')}</Empty>
        return (
          <>
            <Section title={t('kind.title')} about={t('kind.about')}>
              <Kinds items={items} chosen={chosen.kind} onChoose={(next) => setParams({ kind: next, ...known }, { replace: true })} />
              <Templates importer={chosen} />
            </Section>
            <Section title={t('file.title')} about={t('file.about')}>
              <DropFile onFile={(fileId) => setParams({ kind: chosen.kind, file: fileId, ...known })} />
            </Section>
          </>
        )
      }}
    </Loaded>
  )
}

function Kinds({ items, chosen, onChoose }: { items: readonly ImporterView[]; chosen: string; onChoose: (kind: string) => void }) {
  const t = useWords('imports')
  const words = useImportWords()
  return (
    <fieldset className="import-kinds">
      <legend className="hidden">{t('kind.title')}</legend>
      {items.map((one) => (
        <label key={one.kind} className="import-kind">
          <input type="radio" name="kind" value={one.kind} checked={one.kind === chosen} onChange={() => onChoose(one.kind)} />
          <span>
            <b>{words.kind(one)}</b>
            <span className="muted">{words.about(one)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function Templates({ importer }: { importer: ImporterView }) {
  const t = useWords('imports')
  const notice = useNotice()
  return (
    <p className="import-templates">
      <span className="muted">{t('template.text')}</span>
      {(['csv', 'xlsx'] as const).map((format) => (
        <Button
          key={format}
          size="small"
          icon={<DownloadOutlined />}
          onClick={() => void download(importsApi.template, { importer: importer.kind, format }).catch(notice.refused)}
        >
          {t(`template.${format}`)}
        </Button>
      ))}
    </p>
  )
}

const accepted = '.csv,.tsv,.txt,.gz,.zip,.xlsx,text/csv'

function DropFile({ onFile }: { onFile: (fileId: string) => void }) {
  const t = useWords('imports')
  const format = useFormat()
  const input = useRef<HTMLInputElement>(null)
  const stop = useRef<AbortController>(null)
  const [over, setOver] = useState(false)
  const [sending, setSending] = useState<{ file: File; share: number } | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)

  const send = async (file: File) => {
    setProblem(null)
    setSending({ file, share: 0 })
    stop.current = new AbortController()
    try {
      const stored = await upload(importsApi.upload, { fileName: file.name.slice(-200) }, file, {
        signal: stop.current.signal,
        onProgress: (share) => setSending({ file, share }),
      })
      onFile(stored.id)
    } catch (error) {
      setSending(null)
      if (error instanceof Problem) setProblem(error)
    }
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file && !sending) void send(file)
  }

  return (
    <>
      <Refused problem={problem} />
      {sending ? (
        <div className="import-sending">
          <span role="status">{t('file.sending', { name: sending.file.name, size: format.bytes(sending.file.size) })}</span>
          <Progress percent={Math.floor(sending.share * 100)} status="active" aria-label={t('file.sendingLabel')} />
          <Button onClick={() => stop.current?.abort()}>{t('file.stop')}</Button>
        </div>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the mouse; the button inside does the same for everybody
        <div
          className={`import-drop${over ? ' over' : ''}`}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <FileTextOutlined className="import-drop-sign" aria-hidden />
          <span>{t('file.drop')}</span>
          <Button type="primary" onClick={() => input.current?.click()}>
            {t('file.choose')}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            accept={accepted}
            aria-label={t('file.choose')}
            onChange={(event) => {
              const file = event.target.files?.[0]
              event.target.value = ''
              if (file) void send(file)
            }}
          />
          <span className="muted">{t('file.forms')}</span>
        </div>
      )}
    </>
  )
}
