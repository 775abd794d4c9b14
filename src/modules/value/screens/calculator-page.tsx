import { Button } from 'antd'
import { useState } from 'react'
import { useFormat } from '#ui/format.ts'
import { NumberInput } from '#ui/inputs.tsx'
import { useWords } from '#ui/words.ts'
import { assumedLifetimeValue, type LifetimeAssumptions, lifetimePresets } from '../domain/lifetime-value-calculator.ts'
import { ValuePage } from './report-page.tsx'

const fields: readonly { readonly name: keyof LifetimeAssumptions; readonly kind: 'number' | 'percent'; readonly digits: number }[] = [
  { name: 'purchaseValue', kind: 'number', digits: 2 },
  { name: 'purchasesPerYear', kind: 'number', digits: 2 },
  { name: 'years', kind: 'number', digits: 1 },
  { name: 'margin', kind: 'percent', digits: 1 },
  { name: 'discountPerYear', kind: 'percent', digits: 1 },
]

/** What a customer brings who keeps the habits that one assumes (C-19); the two figures of the sources as presets. */
export function CalculatorPage() {
  const t = useWords('value')
  const format = useFormat()
  const [assumed, setAssumed] = useState<LifetimeAssumptions>(lifetimePresets.pizza)
  const worth = assumedLifetimeValue(assumed)
  return (
    <ValuePage name="calculator">
      <div className="value-choices">
        {(Object.keys(lifetimePresets) as (keyof typeof lifetimePresets)[]).map((preset) => (
          <Button key={preset} onClick={() => setAssumed(lifetimePresets[preset])}>
            {t(`calculator.preset.${preset}`)}
          </Button>
        ))}
      </div>
      <dl className="facts calculator">
        {fields.map(({ name, kind, digits }) => (
          <div key={name}>
            <dt>
              <label htmlFor={`assumed-${name}`}>{t(`calculator.${name}`)}</label>
            </dt>
            <dd>
              <NumberInput
                id={`assumed-${name}`}
                kind={kind}
                digits={digits}
                min={0}
                value={assumed[name]}
                onChange={(value) => setAssumed({ ...assumed, [name]: value ?? 0 })}
              />
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('calculator.result')}</dt>
          <dd>
            <output aria-live="polite">
              <strong>{format.number(worth, 2)}</strong>
            </output>
          </dd>
        </div>
      </dl>
      <p className="muted">{t('calculator.formula')}</p>
      <p className="muted">{t('calculator.source')}</p>
    </ValuePage>
  )
}
