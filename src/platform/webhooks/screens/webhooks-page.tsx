import { MoreOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { MenuButton } from '#ui/menu-button.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page } from '#ui/page.tsx'
import { ShownOnce } from '#ui/shown-once.tsx'
import { type Column, DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { webhooksApi as api } from '../api.ts'
import { Deliveries } from './deliveries.tsx'
import { WebhookForm } from './webhook-form.tsx'

export type Webhook = ResultOf<typeof api.list>['webhooks'][number]
type Open =
  | { readonly what: 'form'; readonly webhook: Webhook | null }
  | { readonly what: 'deliveries'; readonly webhook: Webhook }
  | { readonly what: 'secret'; readonly secret: string }

/** The systems that are told what happens here. */
export function WebhooksPage() {
  const t = useWords('webhooks')
  const all = useRead(api.list, {})
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const showSecret = (secret: string) => setOpen({ what: 'secret', secret })
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ what: 'form', webhook: null })}>
      {t('add')}
    </Button>
  )
  const columns: Column<Webhook>[] = [
    { key: 'name', title: t('column.name'), cell: (one) => one.name },
    { key: 'url', title: t('column.url'), cell: (one) => <span className="once">{one.url}</span> },
    { key: 'facts', title: t('column.facts'), cell: (one) => t('facts', { count: one.facts.length }) },
    { key: 'state', title: t('column.state'), cell: (one) => <State webhook={one} /> },
    {
      key: 'actions',
      title: t('column.actions'),
      cell: (one) => <Actions webhook={one} open={setOpen} onSecret={showSecret} />,
    },
  ]
  return (
    <Page title={t('title')} about={t('about')} actions={add}>
      <Loaded of={all}>
        {({ webhooks, facts }) => (
          <>
            <DataTable
              name="webhooks"
              label={t('title')}
              columns={columns}
              pages={{ items: webhooks }}
              rowKey={(one) => one.id}
              empty={<Empty title={t('empty')}>{t('emptyHelp')}</Empty>}
            />
            {open?.what === 'form' && (
              // As it is now: somebody else may have changed it while it is open.
              <WebhookForm
                webhook={webhooks.find(({ id }) => id === open.webhook?.id) ?? open.webhook}
                facts={facts}
                close={close}
                onSecret={showSecret}
              />
            )}
          </>
        )}
      </Loaded>
      {open?.what === 'deliveries' && <Deliveries webhook={open.webhook} close={close} />}
      {open?.what === 'secret' && <ShownOnce title={t('secretTitle')} text={t('secretText')} value={open.secret} close={close} />}
    </Page>
  )
}

function State({ webhook: { disabledBecause, failingSince } }: { webhook: Webhook }) {
  const t = useWords('webhooks')
  const format = useFormat()
  if (disabledBecause) return <Tag>{t(`state.off.${disabledBecause}`)}</Tag>
  if (failingSince) return <Tag>{t('state.failing', { since: format.instant(failingSince) })}</Tag>
  return <Tag>{t('state.on')}</Tag>
}

function Actions({ webhook, open, onSecret }: { webhook: Webhook; open: (what: Open) => void; onSecret: (secret: string) => void }) {
  const t = useWords('webhooks')
  const notice = useNotice()
  const confirm = useConfirm()
  const tryOut = useWrite(api.tryOut, { onDone: () => notice.done(t('trialSent')) })
  const turn = useWrite(api.switch)
  const replace = useWrite(api.replaceSecret)
  const remove = useWrite(api.remove)
  const { id, name, disabledAt, version } = webhook
  const ask = (action: 'newSecret' | 'remove', answer: () => Promise<unknown>) =>
    confirm({ title: t(`${action}Ask`, { name }), verb: t(`action.${action}`), harmless: action !== 'remove' }, answer)
  const actions: Readonly<Record<string, () => void>> = {
    deliveries: () => open({ what: 'deliveries', webhook }),
    change: () => open({ what: 'form', webhook }),
    ...(disabledAt
      ? { turnOn: () => void turn.send({ id, enabled: true }).catch(notice.refused) }
      : {
          tryOut: () => void tryOut.send({ id }).catch(notice.refused),
          turnOff: () => void turn.send({ id, enabled: false }).catch(notice.refused),
        }),
    newSecret: () => ask('newSecret', async () => onSecret((await replace.send({ id })).secret)),
    remove: () => ask('remove', () => remove.send({ id, version })),
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
