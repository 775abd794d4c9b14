import { Button, Drawer, Tag } from 'antd'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useWayBack } from '#ui/focus.ts'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { type Column, DataTable } from '#ui/table.tsx'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { webhooksApi as api } from '../api.ts'
import type { Webhook } from './webhooks-page.tsx'

type Delivery = ResultOf<typeof api.deliveries>['items'][number]

/** What was sent and how it was answered. */
export function Deliveries({ webhook, close }: { webhook: Webhook; close: () => void }) {
  const t = useWords('webhooks')
  useWayBack('.ant-drawer')
  const format = useFormat()
  const notice = useNotice()
  const pages = usePages(api.deliveries, { id: webhook.id, limit: 50 })
  const repeat = useWrite(api.repeat, { onDone: () => notice.done(t('repeated')) })
  const answerOf = ({ status, problem }: Delivery) =>
    [status, problem === null ? null : t(`problem.${problem}`)].filter((part) => part !== null).join(' · ')
  const columns: Column<Delivery>[] = [
    { key: 'fact', title: t('column.fact'), cell: (one) => <code>{one.fact}</code> },
    { key: 'at', title: t('column.at'), cell: (one) => format.instant(one.occurredAt) },
    {
      key: 'state',
      title: t('column.state'),
      cell: (one) => <Tag>{t(`delivery.${one.state}`)}</Tag>,
    },
    { key: 'answer', title: t('column.answer'), cell: answerOf },
    { key: 'attempts', title: t('column.attempts'), cell: (one) => format.number(one.attempts), align: 'end' },
    {
      key: 'next',
      title: t('column.next'),
      cell: (one) => (one.state === 'waiting' && one.attempts > 0 ? format.instant(one.dueAt) : null),
      optional: true,
    },
    {
      key: 'actions',
      title: t('column.actions'),
      cell: (one) =>
        !webhook.disabledAt && (
          <Button
            size="small"
            aria-label={t('repeatThis', { fact: one.fact })}
            onClick={() => void repeat.send({ id: webhook.id, deliveryId: one.id }).catch(notice.refused)}
          >
            {t('repeat')}
          </Button>
        ),
    },
  ]
  return (
    <Drawer open title={t('deliveriesOf', { name: webhook.name })} onClose={close} size="large">
      <DataTable
        name="webhook-deliveries"
        label={t('deliveriesOf', { name: webhook.name })}
        columns={columns}
        pages={pages}
        rowKey={(one) => one.id}
        empty={<Empty title={t('noDeliveries')}>{t('noDeliveriesHelp')}</Empty>}
      />
    </Drawer>
  )
}
