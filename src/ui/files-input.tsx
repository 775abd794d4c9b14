/**
 * Files that are sent while a form is filled in; those that were sent are the value.
 *
 *   { name: 'files', kind: 'own', label: …, control: <FilesInput send={(file) => upload(api.addAttachment, { id, fileName: file.name }, file)} /> }
 */
import { PaperClipOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { Problem } from './client.ts'
import { Refused } from './refused.tsx'
import { useWords } from './words.ts'

export interface SentFile {
  readonly fileId: string
  readonly name: string
}

const mostFiles = 10

export function FilesInput({
  send,
  value = [],
  onChange,
}: {
  readonly send: (file: File) => Promise<SentFile>
  readonly value?: readonly SentFile[]
  readonly onChange?: (files: readonly SentFile[]) => void
}) {
  const t = useWords('ui')
  const input = useRef<HTMLInputElement>(null)
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const take = async (file: File) => {
    setSending(true)
    setProblem(null)
    try {
      onChange?.([...value, await send(file)])
    } catch (error) {
      if (error instanceof Problem) setProblem(error)
    }
    setSending(false)
  }
  return (
    <>
      {value.map(({ fileId, name }) => (
        <div key={fileId} className="row">
          <span className="file-name">{name}</span>
          <Button
            size="small"
            type="text"
            aria-label={t('files.drop', { name })}
            onClick={() => onChange?.(value.filter((one) => one.fileId !== fileId))}
          >
            ×
          </Button>
        </div>
      ))}
      <Button icon={<PaperClipOutlined />} loading={sending} disabled={value.length >= mostFiles} onClick={() => input.current?.click()}>
        {t('files.add')}
      </Button>
      <input
        ref={input}
        type="file"
        className="file-choice"
        aria-label={t('files.add')}
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) void take(file)
        }}
      />
      <Refused problem={problem} />
    </>
  )
}
