import { MoreOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Tag, Typography } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { Empty } from '#ui/empty.tsx'
import { MenuButton } from '#ui/menu-button.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page } from '#ui/page.tsx'
import { ShownOnce } from '#ui/shown-once.tsx'
import { type Column, DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { intakeApi as api } from '../api/intake.ts'
import { IntakeDeliveries } from './intake-deliveries.tsx'
import { AddIntake, ChangeSecret, RenameIntake } from './intake-forms.tsx'
import './orders.css'

export type Intake = ResultOf<typeof api.intakes>['items'][number]
type Open =
  | { readonly what: 'add' }
  | { readonly what: 'rename' | 'newSecret' | 'deliveries'; readonly intake: Intake }
  | { readonly what: 'secret'; readonly secret: string }

/** The addresses to which shops send their orders. */
export function IntakePage() {
  const t = useWords('orders')
  const ui = useWords('ui')
  const all = useRead(api.intakes, {}, { every: 30_000 })
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const showSecret = (secret: string | null) => setOpen(secret === null ? null : { what: 'secret', secret })
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ what: 'add' })}>
      {t('intake.add')}
    </Button>
  )
  const columns: Column<Intake>[] = [
    { key: 'name', title: t('field.name'), cell: (one) => one.name },
    { key: 'form', title: t('intake.form'), cell: (one) => t(`intake.forms.${one.form}`) },
    { key: 'source', title: t('field.source'), cell: (one) => one.source },
    {
      key: 'address',
      title: t('intake.address'),
      cell: (one) => (
        <Typography.Text className="intake-address" copyable={{ text: fullAddress(one), tooltips: [ui('copy'), ui('copied')] }}>
          {fullAddress(one)}
        </Typography.Text>
      ),
    },
    { key: 'state', title: t('intake.state'), cell: (one) => <State of={one} /> },
    { key: 'actions', title: t('intake.actions'), cell: (one) => <Actions of={one} open={setOpen} /> },
  ]
  return (
    <Page title={t('intake.title')} about={t('intake.about')} actions={add}>
      <Loaded of={all}>
        {({ items }) => (
          <DataTable
            name="order-intakes"
            label={t('intake.title')}
            columns={columns}
            pages={{ items }}
            rowKey={({ id }) => id}
            empty={
              <Empty title={t('intake.empty')} action={add}>
                {t('intake.emptyHelp')}
              </Empty>
            }
          />
        )}
      </Loaded>
      {open?.what === 'add' && <AddIntake close={close} onSecret={showSecret} />}
      {open?.what === 'rename' && (
        <RenameIntake intake={all.data?.items.find(({ id }) => id === open.intake.id) ?? open.intake} close={close} />
      )}
      {open?.what === 'newSecret' && <ChangeSecret intake={open.intake} close={close} onSecret={showSecret} />}
      {open?.what === 'deliveries' && <IntakeDeliveries intake={open.intake} close={close} />}
      {open?.what === 'secret' && <ShownOnce title={t('intake.secret')} text={t('intake.secretText')} value={open.secret} close={close} />}
    </Page>
  )
}

/** A product that does not know its own address gives the way only. */
const fullAddress = ({ address }: Intake): string => new URL(address, window.location.origin).href

function State({ of: { disabledAt, hasFailed } }: { of: Intake }) {
  const t = useWords('orders')
  if (disabledAt) return <Tag>{t('intake.closed')}</Tag>
  return hasFailed ? <Tag color="warning">{t('intake.someFailed')}</Tag> : <Tag>{t('intake.open')}</Tag>
}

function Actions({ of, open }: { of: Intake; open: (what: Open) => void }) {
  const t = useWords('orders')
  const notice = useNotice()
  const confirm = useConfirm()
  const turn = useWrite(api.switchIntake)
  const remove = useWrite(api.removeIntake)
  const { id, name, disabledAt, version } = of
  const actions: Readonly<Record<string, () => void>> = {
    deliveries: () => open({ what: 'deliveries', intake: of }),
    rename: () => open({ what: 'rename', intake: of }),
    newSecret: () => open({ what: 'newSecret', intake: of }),
    [disabledAt ? 'reopen' : 'close']: () => void turn.send({ id, enabled: disabledAt !== null }).catch(notice.refused),
    remove: () => confirm({ title: t('intake.removeAsk', { name }), verb: t('intake.action.remove') }, () => remove.send({ id, version })),
  }
  return (
    <MenuButton
      type="text"
      icon={<MoreOutlined />}
      label={t('intake.actionsFor', { name })}
      items={Object.keys(actions).map((key) => ({ key, label: t(`intake.action.${key}`), danger: key === 'remove' }))}
      onChoose={(key) => actions[key]?.()}
    />
  )
}
