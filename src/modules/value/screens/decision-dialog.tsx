import { Button } from 'antd'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { tiers } from '#ui/theme.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import type { CustomerValue } from './customer-panel.tsx'

export const exemptionReasons = ['network-effect', 'popularity', 'referral', 'low-marginal-cost', 'other'] as const
interface TierValues {
  readonly tier: (typeof tiers)[number]
  readonly reason: string
  readonly lastDay: string | null
}
interface ExemptionValues {
  readonly reason: (typeof exemptionReasons)[number]
  readonly note: string | null
}

/** Sets or ends a tier by decision, or a strategic exemption. */
export function DecisionDialog({
  kind,
  customerId,
  found,
  onClose,
}: {
  kind: 'tier' | 'exemption'
  customerId: string
  found: CustomerValue
  onClose: () => void
}) {
  const t = useWords('value')
  const ofTier = kind === 'tier'
  return (
    <Dialog title={t(ofTier ? 'override.title' : 'exemption.title')} onClose={onClose}>
      {ofTier ? (
        <TierForm customerId={customerId} found={found} onClose={onClose} />
      ) : (
        <ExemptionForm customerId={customerId} found={found} onClose={onClose} />
      )}
    </Dialog>
  )
}

interface DecisionProps {
  readonly customerId: string
  readonly found: CustomerValue
  readonly onClose: () => void
}

function TierForm({ customerId, found, onClose }: DecisionProps) {
  const t = useWords('value')
  const also = { onDone: onClose, alsoChanges: ['customers'] }
  const basedOn = found.override?.setAt
  const save = useWrite(valueApi.setOverride, also)
  const end = useWrite(valueApi.endOverride, also)
  return (
    <>
      <p className="muted">{t('override.about')}</p>
      <Form<TierValues>
        fields={[
          {
            name: 'tier',
            kind: 'choice',
            label: t('tier'),
            required: true,
            options: tiers.map((value) => ({ value, label: t(`ui:tier.${value}`) })),
          },
          { name: 'reason', kind: 'area', label: t('override.reason'), required: true, maxLength: 500, rows: 2 },
          { name: 'lastDay', kind: 'day', label: t('override.lastDay'), help: t('override.lastDayHelp') },
        ]}
        initial={found.override ?? (found.current ? { tier: found.current.tier } : {})}
        problem={save.problem ?? end.problem}
        pending={save.pending}
        submit={t('save')}
        cancel={onClose}
        onSubmit={(values) => save.send({ ...values, lastDay: values.lastDay || null, customerId, basedOn: basedOn ?? null })}
      />
      {basedOn && (
        <Button danger loading={end.pending} onClick={() => void end.send({ customerId, basedOn }).catch(() => {})}>
          {t('override.end')}
        </Button>
      )}
    </>
  )
}

function ExemptionForm({ customerId, found, onClose }: DecisionProps) {
  const t = useWords('value')
  const basedOn = found.exemption?.setAt
  const save = useWrite(valueApi.exempt, { onDone: onClose })
  const end = useWrite(valueApi.endExemption, { onDone: onClose })
  return (
    <>
      <p className="muted">{t('exemption.about')}</p>
      <Form<ExemptionValues>
        fields={[
          {
            name: 'reason',
            kind: 'choice',
            label: t('exemption.reason'),
            required: true,
            options: exemptionReasons.map((value) => ({ value, label: t(`exemption.reason.${value}`) })),
          },
          { name: 'note', kind: 'area', label: t('exemption.note'), maxLength: 1000, rows: 3 },
        ]}
        initial={found.exemption ?? {}}
        problem={save.problem ?? end.problem}
        pending={save.pending}
        submit={t('save')}
        cancel={onClose}
        onSubmit={(values) => save.send({ ...values, note: values.note || null, customerId, basedOn: basedOn ?? null })}
      />
      {basedOn && (
        <Button danger loading={end.pending} onClick={() => void end.send({ customerId, basedOn }).catch(() => {})}>
          {t('exemption.end')}
        </Button>
      )}
    </>
  )
}
