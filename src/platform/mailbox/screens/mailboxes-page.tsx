import { MoreOutlined, PlusOutlined } from '@ant-design/icons'
import { Alert, Button, Tag } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { MenuButton } from '#ui/menu-button.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page } from '#ui/page.tsx'
import { type Column, DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { mailboxApi as api } from '../api.ts'
import { MailboxForm } from './mailbox-form.tsx'
import { Received } from './received.tsx'
import { Sent } from './sent.tsx'
import { Trial } from './trial.tsx'

export type Mailbox = ResultOf<typeof api.list>['mailboxes'][number]
type Open =
  | { readonly what: 'form'; readonly mailbox: Mailbox | null }
  | { readonly what: 'trial'; readonly mailbox: Mailbox; readonly runId: string }

/** The mailboxes that are read, and the mails that came in and went out. */
export function MailboxesPage() {
  const t = useWords('mailbox')
  const all = useRead(api.list, {}, { every: 10_000 })
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ what: 'form', mailbox: null })}>
      {t('add')}
    </Button>
  )
  const columns: Column<Mailbox>[] = [
    { key: 'name', title: t('column.name'), cell: (one) => one.name },
    { key: 'address', title: t('column.address'), cell: (one) => <span className="once">{one.address}</span> },
    { key: 'server', title: t('column.server'), cell: (one) => <span className="once">{`${one.host} · ${one.folder}`}</span> },
    { key: 'state', title: t('column.state'), cell: (one) => <State mailbox={one} /> },
    { key: 'actions', title: t('column.actions'), cell: (one) => <Actions mailbox={one} open={setOpen} /> },
  ]
  return (
    <Page title={t('title')} about={t('about')} actions={add}>
      <Loaded of={all}>
        {({ mailboxes, sends }) => (
          <>
            {!sends && <Alert type="warning" showIcon title={t('sendsNothing')} description={t('sendsNothingHelp')} />}
            <DataTable
              name="mailboxes"
              label={t('title')}
              columns={columns}
              pages={{ items: mailboxes }}
              rowKey={(one) => one.id}
              empty={<Empty title={t('empty')}>{t('emptyHelp')}</Empty>}
            />
            <Received mailboxes={mailboxes} />
            <Sent />
            {open?.what === 'form' && (
              // As it is now: somebody else may have changed it while it is open.
              <MailboxForm mailbox={mailboxes.find(({ id }) => id === open.mailbox?.id) ?? open.mailbox} close={close} />
            )}
          </>
        )}
      </Loaded>
      {open?.what === 'trial' && <Trial name={open.mailbox.name} runId={open.runId} close={close} />}
    </Page>
  )
}

function State({ mailbox: { disabledAt, failingSince, lookedAt, problem, problemDetail } }: { mailbox: Mailbox }) {
  const t = useWords('mailbox')
  const format = useFormat()
  if (disabledAt) return <Tag>{t('state.off')}</Tag>
  return (
    <span>
      <Tag>{failingSince ? t('state.failing', { since: format.instant(failingSince) }) : lookedAt ? t('state.on') : t('state.new')}</Tag>
      {problem && (
        <span className="figure-loss" title={problemDetail ?? undefined}>
          {t(`problem.${problem}`)}
        </span>
      )}
    </span>
  )
}

function Actions({ mailbox, open }: { mailbox: Mailbox; open: (what: Open) => void }) {
  const t = useWords('mailbox')
  const notice = useNotice()
  const confirm = useConfirm()
  const tryOut = useWrite(api.tryOut, { onDone: ({ runId }) => open({ what: 'trial', mailbox, runId }) })
  const turn = useWrite(api.switch)
  const remove = useWrite(api.remove)
  const { id, name, disabledAt, version } = mailbox
  const actions: Readonly<Record<string, () => void>> = {
    change: () => open({ what: 'form', mailbox }),
    tryOut: () => void tryOut.send({ id }).catch(notice.refused),
    [disabledAt ? 'turnOn' : 'turnOff']: () => void turn.send({ id, enabled: disabledAt !== null }).catch(notice.refused),
    remove: () =>
      confirm({ title: t('removeAsk', { name }), about: t('removeAbout'), verb: t('action.remove') }, () => remove.send({ id, version })),
  }
  return (
    <MenuButton
      type="text"
      icon={<MoreOutlined />}
      label={t('actionsFor', { name })}
      items={Object.keys(actions).map((key) => ({ key, label: t(`action.${key}`), danger: key === 'remove' }))}
      onChoose={(key) => actions[key]?.()}
    />
  )
}
