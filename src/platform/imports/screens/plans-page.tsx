import { MoreOutlined, PlusOutlined } from '@ant-design/icons'
import { Alert, Button, Tag } from 'antd'
import { useState } from 'react'
import { useConfirm } from '#ui/confirm.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { MenuButton } from '#ui/menu-button.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page } from '#ui/page.tsx'
import { type Column, DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { importsApi } from '../api.ts'
import { plansApi as api, type PlanView } from '../api-plans.ts'
import { useImportWords } from './import-words.ts'
import { PlanForm } from './plan-form.tsx'
import { PlanHistory } from './plan-history.tsx'
import { usePlanWords } from './plan-words.ts'
import './imports.css'

type Open = { readonly what: 'form'; readonly plan: PlanView | null } | { readonly what: 'history'; readonly plan: PlanView }

/** Plans whose source failed so often in a row are spoken of. */
const failuresUntilTold = 3

/** Imports that happen by themselves. */
export function PlansPage() {
  const t = useWords('imports')
  const words = usePlanWords()
  const kinds = useImportWords()
  const format = useFormat()
  const all = useRead(api.plans, {}, { every: 15_000 })
  const importers = useRead(importsApi.importers, {})
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const kindOf = (kind: string) => kinds.kind(importers.data?.items.find((one) => one.kind === kind) ?? { kind, module: 'imports' })
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ what: 'form', plan: null })}>
      {t('plan.add')}
    </Button>
  )
  const columns: Column<PlanView>[] = [
    { key: 'name', title: t('plan.name'), cell: (plan) => plan.name },
    {
      key: 'what',
      title: t('plan.what'),
      cell: (plan) => (
        <span className="import-when">
          <span>{kindOf(plan.importer)}</span>
          <span className="muted">{plan.mapping}</span>
        </span>
      ),
    },
    { key: 'from', title: t('plan.from'), cell: (plan) => <span className="plan-source">{words.from(plan)}</span> },
    { key: 'when', title: t('plan.when'), cell: (plan) => words.when(plan) },
    { key: 'looked', title: t('plan.looked'), cell: (plan) => format.instant(plan.lookedAt), optional: true },
    { key: 'next', title: t('plan.next'), cell: (plan) => (plan.pausedAt ? null : format.instant(plan.dueAt)) },
    { key: 'state', title: t('plan.state'), cell: (plan) => <State plan={plan} /> },
    { key: 'actions', title: t('history.actions'), cell: (plan) => <Actions plan={plan} open={setOpen} /> },
  ]
  return (
    <Page title={t('plan.title')} about={t('plan.about')} actions={add}>
      <Loaded of={all}>
        {({ items, folders }) => (
          <>
            {items
              .filter(({ failures }) => failures >= failuresUntilTold)
              .map((plan) => (
                <Alert
                  key={plan.id}
                  className="plan-alert"
                  type="warning"
                  showIcon
                  title={t('plan.failing', { name: plan.name, count: plan.failures })}
                  description={words.problem(plan.problem ?? '')}
                />
              ))}
            <DataTable
              name="import-plans"
              label={t('plan.title')}
              columns={columns}
              pages={{ items }}
              rowKey={({ id }) => id}
              empty={
                <Empty title={t('plan.empty')} action={add}>
                  {t('plan.emptyHelp')}
                </Empty>
              }
            />
            {open?.what === 'form' && (
              // As it is now: somebody else may have changed it while it is open.
              <PlanForm plan={items.find(({ id }) => id === open.plan?.id) ?? open.plan} folders={folders} close={close} />
            )}
          </>
        )}
      </Loaded>
      {open?.what === 'history' && <PlanHistory plan={open.plan} close={close} />}
    </Page>
  )
}

function State({ plan: { pausedAt, problem } }: { plan: PlanView }) {
  const t = useWords('imports')
  const words = usePlanWords()
  if (pausedAt) return <Tag>{t('plan.paused')}</Tag>
  if (problem !== null) return <Tag color="warning">{words.problem(problem)}</Tag>
  return <Tag>{t('plan.on')}</Tag>
}

function Actions({ plan, open }: { plan: PlanView; open: (what: Open) => void }) {
  const t = useWords('imports')
  const notice = useNotice()
  const confirm = useConfirm()
  const look = useWrite(api.lookNow, { onDone: () => notice.done(t('plan.looking')) })
  const pause = useWrite(api.pausePlan)
  const remove = useWrite(api.removePlan)
  const { id, name, pausedAt, version } = plan
  const actions: Readonly<Record<string, () => void>> = {
    history: () => open({ what: 'history', plan }),
    lookNow: () => void look.send({ id }).catch(notice.refused),
    change: () => open({ what: 'form', plan }),
    [pausedAt ? 'goOn' : 'pause']: () => void pause.send({ id, paused: !pausedAt }).catch(notice.refused),
    remove: () => confirm({ title: t('plan.removeAsk', { name }), verb: t('plan.action.remove') }, () => remove.send({ id, version })),
  }
  return (
    <MenuButton
      type="text"
      icon={<MoreOutlined />}
      label={t('plan.actionsFor', { name })}
      items={Object.keys(actions).map((key) => ({ key, label: t(`plan.action.${key}`), danger: key === 'remove' }))}
      onChoose={(key) => actions[key]?.()}
    />
  )
}
