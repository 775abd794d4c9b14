import { Radio } from 'antd'
import { type DateForm, parseDate } from '#platform/tabular/cell-date.ts'
import { decimalText, parseDecimal } from '#platform/tabular/cell-decimal.ts'
import { useFormat } from '#ui/format.ts'
import { Section } from '#ui/page.tsx'
import { useWords } from '#ui/words.ts'
import type { ImporterView, ImportMapping, Inspection } from '../api.ts'
import { cellsOf } from './column-table.tsx'

const orders = ['yearFirst', 'dayFirst', 'monthFirst'] as const
const signs = ['.', ','] as const

/** How dates and amounts are written: what was found, what speaks for it, and how the file's own cells would be read. */
export function WrittenForms({
  importer,
  found,
  mapping,
  onChange,
}: {
  importer: ImporterView
  found: Inspection
  mapping: ImportMapping
  onChange: (part: Partial<ImportMapping>) => void
}) {
  const t = useWords('imports')
  const columnsOf = (kinds: readonly string[]) =>
    importer.fields.filter((field) => kinds.includes(field.kind)).flatMap((field) => mapping.columns[field.name] ?? [])
  const dates = columnsOf(['date']).flatMap((column) => cellsOf(found, column))
  const amounts = columnsOf(['amount', 'quantity']).flatMap((column) => cellsOf(found, column))
  if (dates.length === 0 && amounts.length === 0) return null
  const serial = mapping.dates.digits === 'calendar' ? undefined : mapping.dates.digits
  return (
    <Section title={t('forms.title')} about={t('forms.about')}>
      <div className="import-forms">
        {dates.length > 0 && (
          <fieldset>
            <legend>{t('dates.title')}</legend>
            <Evidence of="dates" evidence={found.dates.evidence} example={found.dates.example} />
            <Radio.Group
              className="import-radios"
              value={mapping.dates.order}
              onChange={(event) => onChange({ dates: { ...mapping.dates, order: event.target.value } })}
              options={orders.map((order) => ({ value: order, label: t(`dates.${order}`) }))}
            />
            {serial !== undefined && (
              <Radio.Group
                className="import-radios"
                value={serial}
                onChange={(event) => onChange({ dates: { ...mapping.dates, digits: event.target.value } })}
                options={[1900, 1904].map((system) => ({ value: system, label: t(`dates.serial${system}`) }))}
              />
            )}
            <ReadAs cells={dates.slice(0, 3)} read={(cell) => dayRead(cell, mapping.dates)} kind="day" />
          </fieldset>
        )}
        {amounts.length > 0 && (
          <fieldset>
            <legend>{t('decimal.title')}</legend>
            <Evidence of="decimal" evidence={found.decimal.evidence} example={found.decimal.example} />
            <Radio.Group
              className="import-radios"
              value={mapping.decimal}
              onChange={(event) => onChange({ decimal: event.target.value })}
              options={signs.map((sign) => ({ value: sign, label: t(sign === '.' ? 'decimal.point' : 'decimal.comma') }))}
            />
            <ReadAs cells={withFraction(amounts)} read={(cell) => numberRead(cell, mapping.decimal)} kind="number" />
          </fieldset>
        )}
      </div>
    </Section>
  )
}

function Evidence({
  of,
  evidence,
  example,
}: {
  of: 'dates' | 'decimal'
  evidence: Inspection['dates']['evidence']
  example: string | undefined
}) {
  const t = useWords('imports')
  const look = evidence === 'ambiguous' || evidence === 'mixed'
  return (
    <p className={look ? 'import-warning' : 'muted'} {...(look ? { role: 'note' } : {})}>
      {t(`${of}.${evidence}`, { example: example ?? '' })}
    </p>
  )
}

/** The file's own cells with what the import would make of them: the same reader as on the server. */
function ReadAs({
  cells,
  read,
  kind,
}: {
  cells: readonly string[]
  read: (cell: string) => string | number | null
  kind: 'day' | 'number'
}) {
  const t = useWords('imports')
  const format = useFormat()
  const written = (value: string | number | null) =>
    value === null ? null : typeof value === 'string' ? (kind === 'day' ? format.day(value) : value) : format.number(value, 2)
  return (
    <ul className="import-read">
      {cells.map((cell) => {
        const value = written(read(cell))
        return (
          <li key={cell}>
            <code>{cell}</code> → {value === null ? <span className="figure-loss">{t('forms.unreadable')}</span> : <b>{value}</b>}
          </li>
        )
      })}
    </ul>
  )
}

function dayRead(cell: string, form: DateForm): string | null {
  const parsed = parseDate(cell, form)
  return parsed.ok ? new Date(parsed.value.milliseconds).toISOString().slice(0, 10) : null
}

function numberRead(cell: string, sign: '.' | ','): string | null {
  const parsed = parseDecimal(cell, sign)
  return parsed.ok ? decimalText(parsed.value) : null
}

/** Cells with a point or a comma say most; whole numbers read the same either way. */
const withFraction = (cells: readonly string[]): readonly string[] => {
  const telling = cells.filter((cell) => /[.,]/.test(cell))
  return [...new Set([...telling, ...cells])].slice(0, 3)
}
