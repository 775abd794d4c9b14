import { DownloadOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { RunProgress } from '#ui/run-progress.tsx'
import { type Column, DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { BackupSettings } from './backup-settings.tsx'

type Backup = ResultOf<typeof api.backups>['items'][number]

/** The backups that there are, when the next is due, and how they are made. */
export function BackupsPanel() {
  const t = useWords('organization')
  const format = useFormat()
  const answer = useRead(api.backups, {}, { every: 60_000 })
  const make = useWrite(api.makeBackup)
  const verify = useWrite(api.verifyBackup)
  const [run, setRun] = useState<string | null>(null)
  const follow = (asked: Promise<{ runId: string }>) => void asked.then(({ runId }) => setRun(runId)).catch(() => {})
  const columns: Column<Backup>[] = [
    { key: 'made', title: t('backups.made'), cell: (one) => <time dateTime={one.madeAt.toISOString()}>{format.instant(one.madeAt)}</time> },
    { key: 'occasion', title: t('backups.occasion'), cell: (one) => t(`backups.occasions.${one.occasion}`) },
    { key: 'bytes', title: t('backups.size'), align: 'end', cell: (one) => format.bytes(one.bytes) },
    { key: 'state', title: t('backups.state'), cell: (one) => <State backup={one} /> },
    {
      key: 'actions',
      title: t('users.actionsHeading'),
      cell: (one) =>
        one.finishedAt !== null &&
        one.here && (
          <span className="row">
            <Button size="small" onClick={() => follow(verify.send({ backupId: one.id }))}>
              {t('backups.verify')}
            </Button>
            <Button
              size="small"
              icon={<DownloadOutlined />}
              href={`/api/v1/backups/${one.id}/file`}
              download={one.fileName}
              aria-label={t('backups.download', { name: one.fileName })}
              title={t('backups.download', { name: one.fileName })}
            />
          </span>
        ),
    },
  ]
  return (
    <Loaded of={answer}>
      {({ items, nextAt, folder, runId }) => {
        const working = run ?? runId
        return (
          <>
            <p>{nextAt ? t('backups.next', { when: format.instant(nextAt), folder: folder ?? '' }) : t('backups.off')}</p>
            <Refused problem={make.problem ?? verify.problem} />
            {working && <RunProgress run={working} module="organization" onEnd={() => setRun(null)} />}
            <DataTable
              name="backups"
              label={t('backups.title')}
              columns={columns}
              pages={{ items: items.slice(0, 15) }}
              rowKey={(one) => one.id}
              toolbar={
                <Button type="primary" loading={make.pending} disabled={working !== null} onClick={() => follow(make.send({}))}>
                  {t('backups.make')}
                </Button>
              }
              empty={<p className="muted">{t('backups.empty')}</p>}
            />
            <BackupSettings />
          </>
        )
      }}
    </Loaded>
  )
}

function State({ backup: { finishedAt, problem, verifiedAt, encrypted, here } }: { backup: Backup }) {
  const t = useWords('organization')
  const format = useFormat()
  if (problem !== null) return <span className="figure-loss">{problem}</span>
  if (finishedAt === null) return t('backups.writing')
  return (
    <span className="row">
      {verifiedAt ? (
        <span>{t('backups.verified', { when: format.instant(verifiedAt) })}</span>
      ) : (
        <span className="muted">{t('backups.notVerified')}</span>
      )}
      {encrypted && <Tag>{t('backups.encrypted')}</Tag>}
      {!here && <Tag>{t('backups.elsewhere')}</Tag>}
    </span>
  )
}
