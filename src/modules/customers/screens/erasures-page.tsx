import { DownloadOutlined } from '@ant-design/icons'
import { Button, Modal, Popconfirm } from 'antd'
import { useState } from 'react'
import { download, type ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { RunProgress } from '#ui/run-progress.tsx'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { ErasureState, KeptByLaw } from './kept-by-law.tsx'

type Erasure = ResultOf<typeof api.erasures>['items'][number]

/** Requests to be forgotten: held up where the law wants it, confirmed by a second person, and the proof of what was erased. */
export function ErasuresPage() {
  const t = useWords('customers')
  const format = useFormat()
  const owners = usePeople()
  const notice = useNotice()
  const pages = usePages(api.erasures, { limit: 50 })
  const [run, setRun] = useState<string | null>(null)
  const [holding, setHolding] = useState<Erasure | null>(null)
  const whatCame = (result: unknown) => (result as { readonly waits?: boolean }).waits && t('erasures.cameBetween')
  return (
    <Page
      title={t('erasures.title')}
      about={t('erasures.about')}
      actions={
        <Button icon={<DownloadOutlined />} onClick={() => void download(api.erasureLog, {}).catch(notice.refused)}>
          {t('erasures.log')}
        </Button>
      }
    >
      {run && (
        <Section title={t('erasures.running')}>
          <RunProgress run={run} module="customers" alsoChanges={['orders', 'value', 'insight']} result={whatCame} />
        </Section>
      )}
      <DataTable
        name="erasures"
        label={t('erasures.title')}
        pages={pages}
        rowKey={(row) => row.id}
        to={(row) => `/customers/${row.customerId}`}
        columns={[
          { key: 'name', title: t('column.name'), cell: (row) => row.name },
          { key: 'state', title: t('erasures.state'), cell: (row) => <ErasureState erasure={row} /> },
          { key: 'reason', title: t('privacy.reason'), cell: (row) => row.reason },
          {
            key: 'asked',
            title: t('erasures.asked'),
            cell: (row) =>
              t('history.by', { at: format.instant(row.requestedAt), name: owners.nameOf(row.requestedBy) ?? row.requestedBy }),
          },
          {
            key: 'hold',
            title: t('erasures.hold'),
            cell: (row) => (
              <>
                {row.keptByLaw && (
                  <div>
                    <KeptByLaw kept={row.keptByLaw} />
                  </div>
                )}
                {row.holdReason && `${row.holdReason}${row.holdUntil ? ` (${format.day(row.holdUntil)})` : ''}`}
              </>
            ),
          },
          {
            key: 'confirmed',
            title: t('erasures.confirmed'),
            cell: (row) =>
              row.confirmedAt &&
              t('history.by', { at: format.instant(row.confirmedAt), name: owners.nameOf(row.confirmedBy) ?? row.confirmedBy }),
          },
          {
            key: 'actions',
            title: t('erasures.decide'),
            cell: (row) => <Decisions erasure={row} hold={() => setHolding(row)} onRun={setRun} />,
          },
        ]}
        empty={<Empty title={t('erasures.none')}>{t('erasures.noneHelp')}</Empty>}
      />
      {holding && <HoldDialog erasure={holding} close={() => setHolding(null)} />}
    </Page>
  )
}

function Decisions({ erasure, hold, onRun }: { erasure: Erasure; hold: () => void; onRun: (run: string) => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const notice = useNotice()
  const { user } = useSession()
  const confirm = useWrite(api.confirmErasure, {
    onDone: ({ runId }) => (runId === null ? notice.done(t('erasures.waits')) : onRun(runId)),
  })
  const withdraw = useWrite(api.withdrawErasure)
  const { keptByLaw: kept } = erasure
  if (erasure.state !== 'requested' && erasure.state !== 'waiting') return null
  const which = { erasureId: erasure.id, version: erasure.version }
  return (
    <span className="row">
      <Button size="small" onClick={hold}>
        {t('erasures.hold')}
      </Button>
      <Button size="small" onClick={() => void withdraw.send(which).catch(notice.refused)}>
        {t('erasures.withdraw')}
      </Button>
      {erasure.state === 'waiting' ? null : erasure.requestedBy === user.id ? (
        <span className="muted">{t('erasures.second')}</span>
      ) : (
        <Popconfirm
          title={t(kept ? 'erasures.sureLater' : 'erasures.sure', { name: erasure.name })}
          okText={t(kept ? 'erasures.confirmLater' : 'erasures.confirm')}
          cancelText={ui('cancel')}
          onConfirm={() => confirm.send(which).catch(notice.refused)}
        >
          <Button size="small" danger loading={confirm.pending}>
            {t(kept ? 'erasures.confirmLater' : 'erasures.confirm')}
          </Button>
        </Popconfirm>
      )}
    </span>
  )
}

function HoldDialog({ erasure, close }: { erasure: Erasure; close: () => void }) {
  const t = useWords('customers')
  const save = useWrite(api.holdErasure, { onDone: close })
  return (
    <Modal open title={t('erasures.hold')} footer={null} onCancel={close} destroyOnHidden>
      <p className="muted">{t('erasures.holdAbout')}</p>
      <Form<{ reason: string | null; until: string | null }>
        fields={[
          { name: 'reason', kind: 'area', label: t('privacy.reason'), maxLength: 1000, rows: 2 },
          { name: 'until', kind: 'day', label: t('erasures.until') },
        ]}
        initial={{ reason: erasure.holdReason, until: erasure.holdUntil }}
        problem={save.problem}
        pending={save.pending}
        submit={t('erasures.save')}
        cancel={close}
        onSubmit={({ reason, until }) =>
          save.send({ erasureId: erasure.id, version: erasure.version, reason: reason || null, until: until || null })
        }
      />
    </Modal>
  )
}
