import { Button, Drawer, Tag } from 'antd'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { type Column, DataTable } from '#ui/table.tsx'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { hasWord, useWords } from '#ui/words.ts'
import { intakeApi as api } from '../api/intake.ts'
import type { Intake } from './intake-page.tsx'

type Delivery = ResultOf<typeof api.intakeDeliveries>['items'][number]

/** What a shop sent and what became of it. */
export function IntakeDeliveries({ intake, close }: { intake: Intake; close: () => void }) {
  const t = useWords('orders')
  const format = useFormat()
  const notice = useNotice()
  const pages = usePages(api.intakeDeliveries, { id: intake.id, limit: 50 })
  const repeat = useWrite(api.repeatIntake, { onDone: () => notice.done(t('intake.repeated')) })
  const columns: Column<Delivery>[] = [
    { key: 'at', title: t('intake.received'), cell: (one) => <span className="nowrap">{format.instant(one.receivedAt)}</span> },
    {
      key: 'state',
      title: t('intake.state'),
      cell: (one) => <Tag color={one.state === 'failed' ? 'warning' : 'default'}>{t(`intake.delivery.${one.state}`)}</Tag>,
    },
    { key: 'brought', title: t('intake.brought'), align: 'end', cell: (one) => format.number(one.brought) },
    { key: 'problems', title: t('intake.problems'), cell: (one) => <Problems of={one} /> },
    {
      key: 'next',
      title: t('intake.next'),
      cell: (one) => (one.state === 'waiting' && one.attempts > 0 ? format.instant(one.dueAt) : null),
      optional: true,
    },
    { key: 'sender', title: t('intake.senderId'), cell: (one) => <span className="intake-address">{one.senderId}</span>, optional: true },
    {
      key: 'actions',
      title: t('intake.actions'),
      cell: (one) =>
        one.state !== 'done' && (
          <Button
            size="small"
            aria-label={t('intake.repeatThis', { at: format.instant(one.receivedAt) })}
            onClick={() => void repeat.send({ id: intake.id, deliveryId: one.id }).catch(notice.refused)}
          >
            {t('intake.repeat')}
          </Button>
        ),
    },
  ]
  return (
    <Drawer open title={t('intake.deliveriesOf', { name: intake.name })} onClose={close} size="large">
      <DataTable
        name="order-intake-deliveries"
        label={t('intake.deliveriesOf', { name: intake.name })}
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        empty={<Empty title={t('intake.noDeliveries')}>{t('intake.noDeliveriesHelp')}</Empty>}
      />
    </Drawer>
  )
}

const mostShown = 5

function Problems({ of: { problems } }: { of: Delivery }) {
  const t = useWords('orders')
  if (problems.length === 0) return null
  const sentence = ({ reason, detail }: Delivery['problems'][number]) => {
    const key = [`intake.reason.${reason}`, `field.${reason}`, `refusal.${reason}`].find((one) => hasWord('orders', one))
    return key ? t(key) : detail
  }
  return (
    <ul className="plain-list">
      {problems.slice(0, mostShown).map((problem) => (
        <li key={`${problem.number} ${problem.reason}`} title={problem.detail}>
          {problem.number !== null && <b>{problem.number}: </b>}
          {sentence(problem)}
        </li>
      ))}
      {problems.length > mostShown && <li>{t('intake.more', { count: problems.length - mostShown })}</li>}
    </ul>
  )
}
