import { Button, Select } from 'antd'
import { useState } from 'react'
import { useFormat } from '#ui/format.ts'
import { useWords } from '#ui/words.ts'
import type { ImporterView, ImportMapping, Inspection } from '../api.ts'
import { useImportWords } from './import-words.ts'

export interface ColumnTableProps {
  readonly importer: ImporterView
  readonly found: Inspection
  readonly mapping: ImportMapping
  readonly onColumns: (columns: ImportMapping['columns']) => void
  /** Fields that are needed and have no column. */
  readonly problems: readonly string[]
}

/** Below this a person should look. */
const sure = 0.7

/** One row per field: the column that holds it, some of its cells, and why it was taken. */
export function ColumnTable({ importer, found, mapping, onColumns, problems }: ColumnTableProps) {
  const t = useWords('imports')
  const words = useImportWords()
  const format = useFormat()
  // Where little was recognised, every field is there to be chosen.
  const [all, setAll] = useState(() => 2 * new Set(Object.values(mapping.columns)).size < found.headers.length)
  // A field that was once shown stays, so that taking its column away does not make it vanish under the hand.
  const [first] = useState(() => new Set(Object.keys(mapping.columns)))
  const fields = importer.fields.filter(
    (field) => all || field.required || first.has(field.name) || mapping.columns[field.name] !== undefined,
  )
  const used = new Set(Object.values(mapping.columns))
  const unused = found.headers.flatMap((_, column) => (used.has(column) ? [] : [column]))
  const nameOf = (column: number) => found.headers[column] || t('columns.unnamed', { number: column + 1 })
  const choose = (field: string, column: number | undefined) => {
    const { [field]: _, ...rest } = mapping.columns
    onColumns(column === undefined ? rest : { ...rest, [field]: column })
  }
  return (
    <div className="list import-columns">
      <div className="table-scroll">
        <table className="table table-compact">
          <caption className="hidden">{t('columns.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('columns.field')}</th>
              <th scope="col">{t('columns.column')}</th>
              <th scope="col">{t('columns.cells')}</th>
              <th scope="col">{t('columns.why')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => {
              const column = mapping.columns[field.name]
              const wanting = problems.includes(field.name)
              const label = words.field(importer, field.name)
              return (
                <tr key={field.name}>
                  <td>
                    <b>{label}</b> {field.required && <span className="muted">({t('columns.required')})</span>}
                  </td>
                  <td data-label={t('columns.column')}>
                    <div className="import-column">
                      <Select<number>
                        id={`field-${field.name}`}
                        className="wide"
                        aria-label={t('columns.choose', { field: label })}
                        aria-invalid={wanting}
                        allowClear={{ label: t('ui:clear') }}
                        showSearch={{ optionFilterProp: 'label' }}
                        placeholder={t(field.required ? 'columns.chooseOne' : 'columns.none')}
                        {...(wanting ? { status: 'error' as const } : {})}
                        value={column ?? null}
                        onChange={(next: number | undefined) => choose(field.name, next ?? undefined)}
                        options={found.headers.map((_, index) => ({ value: index, label: nameOf(index) }))}
                      />
                      {wanting && (
                        <span className="figure-loss" role="alert">
                          {t('columns.fieldMissing', { field: label })}
                        </span>
                      )}
                    </div>
                  </td>
                  <td data-label={t('columns.cells')}>{column === undefined ? '' : <Cells cells={cellsOf(found, column)} />}</td>
                  <td data-label={t('columns.why')}>
                    {column !== undefined && <Because found={found} field={field.name} column={column} like={mapping} />}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <div className="import-under">
        {importer.fields.length > fields.length || all ? (
          <Button size="small" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('columns.fewer') : t('columns.more', { count: importer.fields.length - fields.length })}
          </Button>
        ) : null}
        <span className="muted">
          {unused.length === 0
            ? t('columns.allUsed')
            : t('columns.unused', { count: unused.length, columns: format.list(unused.map(nameOf)) })}
        </span>
        {found.warnings.map((warning) => (
          <span key={warning.code} role="note" className="import-warning">
            {t(`warning.${warning.code}`, warning.values)}
          </span>
        ))}
      </div>
    </div>
  )
}

/** The first cells of a column that say something. */
export const cellsOf = (found: Inspection, column: number): readonly string[] =>
  [...new Set(found.samples.map((row) => row[column] ?? '').filter((cell) => cell.trim() !== ''))].slice(0, 3)

function Cells({ cells }: { cells: readonly string[] }) {
  const t = useWords('imports')
  if (cells.length === 0) return <span className="muted">{t('columns.empty')}</span>
  return (
    <span className="import-cells">
      {cells.map((cell) => (
        <code key={cell}>{cell.length > 40 ? `${cell.slice(0, 40)}…` : cell}</code>
      ))}
    </span>
  )
}

function Because({ found, field, column, like }: { found: Inspection; field: string; column: number; like: ImportMapping }) {
  const t = useWords('imports')
  const guess = found.recognised.find((one) => one.field === field && one.column === column)
  if (!guess)
    return (
      <span className="muted">{t(found.savedAs && found.suggested.columns[field] === like.columns[field] ? 'why.saved' : 'why.hand')}</span>
    )
  const why = t(`why.${guess.why.code}`, guess.why.values)
  return guess.confidence < sure ? (
    <span className="import-warning">
      {why} · {t('why.look')}
    </span>
  ) : (
    <span className="muted">{why}</span>
  )
}
