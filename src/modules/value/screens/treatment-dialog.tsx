import { Alert, Radio } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { profitNow, projectedProfit, refusedTreatment, type TreatmentOutcome, treatmentOutcomes } from '../domain/treatment.ts'
import { exemptionReasons } from './decision-dialog.tsx'

type Found = ResultOf<typeof valueApi.customerTreatments>

/** What is to become of a customer who costs more than they bring: four outcomes beside each other, each with the profit that follows (C-09). */
export function TreatmentDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const t = useWords('value')
  const found = useRead(valueApi.customerTreatments, { customerId }, { keepPrevious: false })
  return (
    <Dialog title={t('treatment.title')} wide onClose={onClose}>
      <p className="muted">{t('treatment.about')}</p>
      <Loaded of={found}>
        {(known) =>
          known.parts ? (
            <Wizard customerId={customerId} found={known} parts={known.parts} onClose={onClose} />
          ) : (
            <Empty title={t('empty.notValued')}>{t('empty.notValuedHelp')}</Empty>
          )
        }
      </Loaded>
    </Dialog>
  )
}

interface Typed {
  readonly changeShare?: number
  readonly lostShare?: number
  readonly exemptionReason?: (typeof exemptionReasons)[number]
  readonly note?: string | null
}
/** What one would try first. */
const usual: Readonly<Record<TreatmentOutcome, { readonly changeShare: number; readonly lostShare: number }>> = {
  keep: { changeShare: 0, lostShare: 0 },
  'raise-price': { changeShare: 0.1, lostShare: 0.1 },
  'reduce-cost': { changeShare: 0.5, lostShare: 0 },
  release: { changeShare: 0, lostShare: 0 },
}

function Wizard({
  customerId,
  found,
  parts,
  onClose,
}: {
  customerId: string
  found: Found
  parts: NonNullable<Found['parts']>
  onClose: () => void
}) {
  const t = useWords('value')
  const format = useFormat()
  const [outcome, setOutcome] = useState<TreatmentOutcome>('raise-price')
  const [typed, setTyped] = useState(usual)
  const propose = useWrite(valueApi.proposeTreatment, { onDone: onClose })
  const waiting = found.items.find(({ state }) => state === 'proposed')
  if (waiting) return <Alert type="info" showIcon title={t('treatment.waits', { outcome: t(`treatment.outcome.${waiting.outcome}`) })} />
  const terms = typed[outcome]
  const refused = (one: TreatmentOutcome) => refusedTreatment(one, found)
  return (
    <>
      <DataTable
        name="value-treatment-outcomes"
        label={t('treatment.title')}
        rowKey={(row) => row.one}
        pages={{ items: treatmentOutcomes.map((one) => ({ one })) }}
        columns={[
          {
            key: 'outcome',
            title: t('treatment.outcomes'),
            cell: ({ one }) => (
              <Radio checked={one === outcome} disabled={refused(one) !== null} onChange={() => setOutcome(one)} name="outcome">
                {t(`treatment.outcome.${one}`)}
              </Radio>
            ),
          },
          { key: 'now', title: t('treatment.now'), align: 'end', cell: () => format.money(profitNow(parts)) },
          {
            key: 'then',
            title: t('treatment.then'),
            align: 'end',
            cell: ({ one }) =>
              refused(one) ? t(`treatment.refused.${refused(one)}`) : format.money(projectedProfit(parts, one, typed[one])),
          },
        ]}
      />
      <p className="muted">{t(`treatment.explain.${outcome}`)}</p>
      <Form<Typed>
        key={outcome}
        columns={2}
        fields={fieldsOf(outcome, t)}
        initial={{ ...terms, ...(outcome === 'keep' ? { exemptionReason: 'network-effect' } : {}) }}
        problem={propose.problem}
        pending={propose.pending}
        submit={t('treatment.propose')}
        cancel={onClose}
        onChange={({ changeShare = 0, lostShare = 0 }) =>
          setTyped({ ...typed, [outcome]: { changeShare: changeShare ?? 0, lostShare: lostShare ?? 0 } })
        }
        onSubmit={({ changeShare = 0, lostShare = 0, exemptionReason = undefined, note }) =>
          propose.send({
            customerId,
            outcome,
            terms: { changeShare, lostShare },
            exemptionReason: exemptionReason ?? null,
            note: note?.trim() || null,
          })
        }
      />
    </>
  )
}

function fieldsOf(outcome: TreatmentOutcome, t: ReturnType<typeof useWords>): readonly Field<Typed>[] {
  const share = (name: 'changeShare' | 'lostShare', label: string): Field<Typed> => ({
    name,
    kind: 'percent',
    label,
    required: true,
    min: 0,
    max: 1,
  })
  const asked: readonly Field<Typed>[] =
    outcome === 'raise-price' || outcome === 'reduce-cost'
      ? [share('changeShare', t(`treatment.share.${outcome}`)), share('lostShare', t('treatment.lost'))]
      : outcome === 'keep'
        ? [
            {
              name: 'exemptionReason',
              kind: 'choice',
              label: t('exemption.reason'),
              required: true,
              options: exemptionReasons.map((value) => ({ value, label: t(`exemption.reason.${value}`) })),
            },
          ]
        : []
  return [...asked, { name: 'note', kind: 'area', rows: 2, label: t('treatment.note'), maxLength: 1000, wide: true }]
}
