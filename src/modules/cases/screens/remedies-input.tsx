import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { NumberInput } from '#ui/inputs.tsx'
import { useWords } from '#ui/words.ts'
import { type RemedyKind, remedyKinds } from '../domain/taxonomy.ts'
import { useOffers } from './offer-choice.tsx'

export interface TypedRemedy {
  readonly kind: RemedyKind
  readonly text: string | null
  readonly amountMinor: number
  readonly offerId?: string | null | undefined
}

/** Remedies as lines: what, in which words, at what cost; from the company's catalogue, or freely. */
export function RemediesInput({
  value = [],
  onChange,
}: {
  readonly value?: readonly TypedRemedy[]
  readonly onChange?: (value: readonly TypedRemedy[]) => void
}) {
  const t = useWords('cases')
  const { offers, nameOf, choices } = useOffers()
  const change = (index: number, part: Partial<TypedRemedy>) =>
    onChange?.(value.map((one, at) => (at === index ? { ...one, ...part } : one)))
  const take = (id: string) => {
    const offer = offers.find((one) => one.id === id)
    if (offer) onChange?.([...value, { kind: offer.kind, text: nameOf(offer), amountMinor: offer.defaultMinor, offerId: id }])
  }
  return (
    <div className="case-remedies">
      {value.map((remedy, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and are only added and taken away
        <div key={index} className="row">
          <Select<RemedyKind>
            aria-label={t('field.remedy')}
            value={remedy.kind}
            // Another kind is another remedy than the catalogue's.
            onChange={(kind) => change(index, { kind, offerId: null })}
            options={remedyKinds.map((kind) => ({ value: kind, label: t(`remedy.${kind}`) }))}
          />
          <Input
            aria-label={t('field.remedyText')}
            placeholder={t('field.remedyText')}
            value={remedy.text ?? ''}
            maxLength={2000}
            onChange={({ target }) => change(index, { text: target.value || null })}
          />
          <NumberInput
            kind="money"
            aria-label={t('said.amountMinor')}
            value={remedy.amountMinor}
            min={0}
            onChange={(amountMinor) => change(index, { amountMinor: amountMinor ?? 0 })}
          />
          <Button
            aria-label={t('action.removeLine')}
            icon={<DeleteOutlined />}
            onClick={() => onChange?.(value.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <span className="row">
        {choices.length > 0 && (
          <Select<string>
            aria-label={t('said.offer')}
            placeholder={t('action.fromCatalogue')}
            className="case-kind-choice"
            value={null}
            onChange={take}
            options={choices}
          />
        )}
        <Button icon={<PlusOutlined />} onClick={() => onChange?.([...value, { kind: 'apology', text: null, amountMinor: 0 }])}>
          {t('action.addRemedy')}
        </Button>
      </span>
    </div>
  )
}
