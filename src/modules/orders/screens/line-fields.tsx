import { DeleteOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Input, InputNumber, Select } from 'antd'
import { useDeferredValue, useId } from 'react'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { lineKinds, ordersApi } from '../api.ts'
import type { DraftLine, LineKind } from './draft.ts'

/** What can be said of a line of each kind. */
const figures: Readonly<Record<LineKind, readonly Figure[]>> = {
  goods: ['quantity', 'unitPrice', 'discount', 'cost'],
  shipping: ['cost'],
  fee: ['cost'],
  discount: ['amount'],
}
type Figure = 'quantity' | 'unitPrice' | 'amount' | 'discount' | 'cost'

/** The inputs of one line of an order. */
export function LineFields({
  line,
  number,
  currency,
  withTerms,
  problems,
  onChange,
  onRemove,
}: {
  line: DraftLine
  number: number
  currency: string
  /** Whether it is asked which grade and specification are promised. */
  withTerms: boolean
  problems: readonly string[]
  onChange: (part: Partial<DraftLine>) => void
  onRemove: (() => void) | undefined
}) {
  const t = useWords('orders')
  const id = useId()
  // A line of which only the amount is known keeps it until it gets a price.
  const shown =
    line.kind === 'goods' && line.amount !== '' ? (['quantity', 'unitPrice', 'amount', 'discount', 'cost'] as const) : figures[line.kind]
  return (
    <li className="order-form-line">
      <fieldset>
        <legend className="hidden">{t('form.line', { number })}</legend>
        <div className="order-form-what">
          <label htmlFor={`${id}-kind`}>
            <span>{t('field.kind')}</span>
            <Select<LineKind>
              id={`${id}-kind`}
              value={line.kind}
              onChange={(kind) => onChange({ kind })}
              options={lineKinds.map((kind) => ({ value: kind, label: t(`lineKind.${kind}`) }))}
            />
          </label>
          {line.kind === 'goods' && <ProductField line={line} onChange={onChange} />}
          <label htmlFor={`${id}-name`}>
            <span>{t('field.name')}</span>
            <Input id={`${id}-name`} value={line.name} maxLength={500} onChange={(event) => onChange({ name: event.target.value })} />
          </label>
        </div>
        <div className="order-form-figures">
          {shown.map((figure) => (
            <label key={figure} htmlFor={`${id}-${figure}`}>
              <span>{t(figure === 'cost' && line.kind === 'goods' ? 'field.lineCost' : `field.${figure}`)}</span>
              <InputNumber<string>
                id={`${id}-${figure}`}
                className="wide"
                stringMode
                controls={false}
                inputMode="decimal"
                {...(figure === 'quantity' || figure === 'amount' || figure === 'unitPrice' ? {} : { min: '0' })}
                {...(figure === 'quantity' ? {} : { suffix: currency })}
                value={line[figure] === '' ? null : line[figure]}
                onChange={(value) => onChange({ [figure]: sixPlaces(value) })}
              />
            </label>
          ))}
          {withTerms &&
            line.kind === 'goods' &&
            (['grade', 'specification'] as const).map((term) => (
              <label key={term} htmlFor={`${id}-${term}`}>
                <span>{t(`term.${term}`)}</span>
                <Input
                  id={`${id}-${term}`}
                  value={line[term]}
                  maxLength={term === 'grade' ? 200 : 1000}
                  onChange={(event) => onChange({ [term]: event.target.value })}
                />
              </label>
            ))}
          {onRemove && (
            <Button
              className="order-form-remove"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('form.removeLine', { number })}
              title={t('form.removeLine', { number })}
              onClick={onRemove}
            />
          )}
        </div>
        {problems.map((text) => (
          <p key={text} className="figure-loss" role="alert">
            {text}
          </p>
        ))}
      </fieldset>
    </li>
  )
}

/** At most six places are kept anywhere. */
const sixPlaces = (value: string | number | null): string => (value === null ? '' : String(value).replace(/(\.\d{6})\d+$/, '$1'))

/** The product's code, with what the catalogue knows offered while one types. */
function ProductField({ line, onChange }: { line: DraftLine; onChange: (part: Partial<DraftLine>) => void }) {
  const t = useWords('orders')
  const id = useId()
  const search = useDeferredValue(line.product.trim())
  const found = useRead(ordersApi.products, { search, limit: 8 }, { enabled: search !== '' && search.length <= 100 })
  const items = search === '' ? [] : (found.data?.items ?? [])
  return (
    <label htmlFor={id}>
      <span>{t('field.product')}</span>
      <AutoComplete
        id={id}
        className="wide"
        value={line.product}
        maxLength={200}
        onChange={(product: string) => onChange({ product: product ?? '' })}
        onSelect={(code: string) => {
          const product = items.find((one) => one.code === code)
          onChange({ product: code, ...(product?.name && line.name === '' ? { name: product.name } : {}) })
        }}
        options={items.map((product) => ({ value: product.code, label: [product.code, product.name].filter(Boolean).join(' · ') }))}
      />
    </label>
  )
}
