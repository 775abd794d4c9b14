import { Button, Segmented, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { type Column, DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { type RisingTier, risingTiers } from '../domain/growth.ts'
import { ValuePage } from './report-page.tsx'

type Found = ResultOf<typeof valueApi.growth>
type Riser = Found['items'][number]
type Open = { readonly dialog: 'plan' | 'promote'; readonly customerId: string }

/** Gold customers by what they could bring more, each with the way to platinum (C-03); iron ones who pass the border of gold are proposed for promotion (C-04). */
export function GrowthPage() {
  const t = useWords('value')
  const [tier, setTier] = useState<RisingTier>('gold')
  const found = useRead(valueApi.growth, { tier })
  const [open, setOpen] = useState<Open | null>(null)
  return (
    <ValuePage name="growth">
      <Segmented<RisingTier>
        className="value-switch"
        aria-label={t('growth.which')}
        value={tier}
        onChange={setTier}
        options={risingTiers.map((value) => ({ value, label: t(`growth.show.${value}`) }))}
      />
      <Loaded of={found}>
        {(list) => {
          const riser = list.items.find(({ customerId }) => customerId === open?.customerId) ?? null
          return (
            <>
              <Risers tier={tier} found={list} onOpen={setOpen} />
              {open?.dialog === 'plan' && riser && <PlanForm riser={riser} close={() => setOpen(null)} />}
              {open?.dialog === 'promote' && riser && <PromoteForm riser={riser} next={list.next} close={() => setOpen(null)} />}
            </>
          )
        }}
      </Loaded>
    </ValuePage>
  )
}

function Risers({ tier, found, onOpen }: { tier: RisingTier; found: Found; onOpen: (open: Open) => void }) {
  const t = useWords('value')
  const format = useFormat()
  const { nameOf } = usePeople()
  const { may } = useSession()
  const next = t(`ui:tier.${found.next}`)
  const actions: Column<Riser> = {
    key: 'actions',
    title: t('spend.actions'),
    cell: (row) => (
      <span className="row">
        {may('value.serve') && (
          <Button
            size="small"
            onClick={() => onOpen({ dialog: 'plan', customerId: row.customerId })}
            aria-label={`${t('growth.plan')}: ${row.name}`}
          >
            {t('growth.plan')}
          </Button>
        )}
        {may('value.manage') && row.passes && (
          <Button
            size="small"
            type="primary"
            onClick={() => onOpen({ dialog: 'promote', customerId: row.customerId })}
            aria-label={`${t('growth.promote', { tier: next })}: ${row.name}`}
          >
            {t('growth.promote', { tier: next })}
          </Button>
        )}
      </span>
    ),
  }
  return (
    <>
      <DataTable
        name={`value-growth-${tier}`}
        label={t(`growth.show.${tier}`)}
        rowKey={(row) => row.customerId}
        to={(row) => `/customers/${row.customerId}`}
        pages={{ items: found.items }}
        empty={<Empty title={t('growth.none')}>{t('growth.noneHelp')}</Empty>}
        columns={[
          { key: 'name', title: t('push.customer'), cell: (row) => row.name },
          { key: 'owner', title: t('growth.owner'), cell: (row) => (row.ownerId ? nameOf(row.ownerId) : t('growth.nobody')) },
          { key: 'profit', title: t('figure.profit'), align: 'end', cell: (row) => format.money(row.profitMinor) },
          {
            key: 'elsewhere',
            title: t('growth.elsewhere'),
            align: 'end',
            cell: (row) => (row.elsewherePercent === null ? t('growth.unknown') : format.percent(row.elsewherePercent / 100)),
          },
          { key: 'potential', title: t('growth.potential'), align: 'end', cell: (row) => format.money(row.potentialMinor) },
          { key: 'target', title: t('growth.target', { tier: next }), align: 'end', cell: (row) => format.money(row.targetMinor) },
          {
            key: 'gap',
            title: t('growth.gap'),
            align: 'end',
            cell: (row) => (row.passes ? <Tag className="value-good">{t('growth.passes')}</Tag> : format.money(row.gapMinor)),
          },
          { key: 'plan', title: t('growth.planned'), cell: (row) => <Planned riser={row} /> },
          ...(may('value.serve') || may('value.manage') ? [actions] : []),
        ]}
      />
      <p className="muted">{t(`growth.note.${tier}`, { floor: format.money(found.floorMinor), tier: next })}</p>
    </>
  )
}

function Planned({ riser: { plan } }: { riser: Riser }) {
  const t = useWords('value')
  const format = useFormat()
  if (!plan) return <span className="muted">{t('growth.noPlan')}</span>
  return (
    <>
      <div className="written">{plan.plan}</div>
      <small className="muted">
        {format.money(plan.targetMinor)}
        {plan.byDay && ` · ${t('growth.by', { day: format.day(plan.byDay) })}`}
      </small>
    </>
  )
}

interface PlanTyped {
  readonly targetMinor: number
  readonly byDay: string | null
  readonly plan: string
}

function PlanForm({ riser, close }: { riser: Riser; close: () => void }) {
  const t = useWords('value')
  const save = useWrite(valueApi.saveGrowthPlan, { onDone: close })
  const remove = useWrite(valueApi.removeGrowthPlan, { onDone: close })
  const { customerId, plan } = riser
  return (
    <Dialog title={t('growth.planOf', { name: riser.name })} onClose={close}>
      <Form<PlanTyped>
        fields={[
          { name: 'targetMinor', kind: 'money', label: t('growth.targetProfit'), help: t('growth.targetHelp'), required: true, min: 0 },
          { name: 'byDay', kind: 'day', label: t('growth.byDay') },
          { name: 'plan', kind: 'area', rows: 4, label: t('growth.how'), help: t('growth.howHelp'), required: true, maxLength: 2000 },
        ]}
        initial={plan ?? (riser.targetMinor === null ? {} : { targetMinor: riser.targetMinor })}
        problem={save.problem ?? remove.problem}
        pending={save.pending}
        submit={t('save')}
        cancel={close}
        onSubmit={({ targetMinor, byDay, plan: how }) =>
          save.send({ customerId, version: plan?.version ?? 0, targetMinor, byDay: byDay || null, plan: how })
        }
      />
      {plan && (
        <Button danger loading={remove.pending} onClick={() => void remove.send({ customerId, version: plan.version }).catch(() => {})}>
          {t('growth.removePlan')}
        </Button>
      )}
    </Dialog>
  )
}

/** The promotion is a tier by decision, as on the customer's page: with a reason, until a day or until it is taken back. */
function PromoteForm({ riser, next, close }: { riser: Riser; next: Found['next']; close: () => void }) {
  const t = useWords('value')
  const save = useWrite(valueApi.setOverride, { onDone: close, alsoChanges: ['customers'] })
  const { customerId } = riser
  const known = useRead(valueApi.customer, { customerId }, { keepPrevious: false })
  return (
    <Dialog title={t('growth.promoteOf', { name: riser.name, tier: t(`ui:tier.${next}`) })} onClose={close}>
      <p className="muted">{t('override.about')}</p>
      <Loaded of={known} lines={3}>
        {(value) => (
          <Form<{ readonly reason: string; readonly lastDay: string | null }>
            fields={[
              { name: 'reason', kind: 'area', label: t('override.reason'), required: true, maxLength: 500, rows: 2 },
              { name: 'lastDay', kind: 'day', label: t('override.lastDay'), help: t('override.lastDayHelp') },
            ]}
            initial={{ reason: t('growth.reason') }}
            problem={save.problem}
            pending={save.pending}
            submit={t('save')}
            cancel={close}
            onSubmit={({ reason, lastDay }) =>
              save.send({ customerId, basedOn: value.override?.setAt ?? null, tier: next, reason, lastDay: lastDay || null })
            }
          />
        )}
      </Loaded>
      <Link to={`/customers/${customerId}`}>{t('growth.toCustomer')}</Link>
    </Dialog>
  )
}
