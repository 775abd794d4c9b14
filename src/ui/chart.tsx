/**
 * The one chart. Columns and rows are the data; the maker only says how they are drawn, so that picture, table and export cannot disagree.
 *
 *   <Chart label={t('concentration.title')} columns={[{ key: 'share', label: t('share'), kind: 'percent' }, { key: 'profit', label: t('profit'), kind: 'percent' }]}
 *     rows={rows}
 *     option={({ colours, format, axis }) => ({
 *       xAxis: axis('share'), yAxis: axis('profit'),
 *       series: [{ type: 'line', encode: { x: 'share', y: 'profit' }, showSymbol: false }],
 *     })} />
 *
 * Series never carry `data`: they name columns through `encode` (the data set is added here). `axis(key)` makes an axis that writes the column's values
 * as the table does. `onPick(row)` is told which row was clicked. Types: line, bar, scatter, heatmap; marks, legend, tooltip, visual map.
 */
import { BarChartOutlined, DownloadOutlined, TableOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { guardText } from '#platform/tabular/guard-text.ts'
import type { ChartOption } from './chart-canvas.tsx'
import { saveAs } from './client.ts'
import { decimalsOf, type Format, useFormat } from './format.ts'
import { TableScroll } from './table-scroll.tsx'
import type { Colours, ThemeMode } from './theme.ts'
import { useWords } from './words.ts'

export type { ChartOption } from './chart-canvas.tsx'
export type ChartValue = string | number | null
export type ChartRow = Readonly<Record<string, ChartValue>>
export interface ChartColumn {
  readonly key: string
  readonly label: string
  /** How values are written; `text` for categories. Default: number with up to two decimals. */
  readonly kind?: 'text' | 'number' | 'whole' | 'percent' | 'money' | 'day'
}

/** What an option maker is given. */
export interface ChartTools {
  readonly mode: ThemeMode
  readonly colours: Colours
  readonly format: Format
  /** A value of a column as the table writes it. */
  readonly write: (key: string, value: ChartValue) => string
  /** An axis for a column: type, name and labels. */
  readonly axis: (key: string, more?: Readonly<Record<string, unknown>>) => Record<string, unknown>
  /** True where the chart is narrower than a tablet; leave names and legends out. */
  readonly narrow: boolean
}

export interface ChartProps {
  /** What the chart shows, in words; also the table's caption. */
  readonly label: string
  readonly columns: readonly ChartColumn[]
  readonly rows: readonly ChartRow[]
  readonly option: (tools: ChartTools) => ChartOption
  readonly height?: number
  readonly onPick?: (row: ChartRow) => void
  /** A sentence that says what the picture shows, read to those who do not see it and printed below. */
  readonly reading?: ReactNode
}

const Canvas = lazy(() => import('./chart-canvas.tsx').then((m) => ({ default: m.ChartCanvas })))

export function Chart({ label, columns, rows, option, height = 320, onPick, reading }: ChartProps) {
  const t = useWords('ui')
  const format = useFormat()
  const [asTable, setAsTable] = useState(false)
  const write = writer(columns, format)
  return (
    <figure className="chart">
      <div className="chart-bar">
        <figcaption>{label}</figcaption>
        <span className="row">
          <Button
            size="small"
            type="text"
            icon={asTable ? <BarChartOutlined /> : <TableOutlined />}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            {t(asTable ? 'chart.asPicture' : 'chart.asTable')}
          </Button>
          <Button
            size="small"
            type="text"
            icon={<DownloadOutlined />}
            onClick={() => saveAs(csvOf(columns, rows, format.currency), `${label}.csv`)}
          >
            {t('chart.csv')}
          </Button>
        </span>
      </div>
      {asTable ? (
        <ChartTable label={label} columns={columns} rows={rows} write={write} {...(onPick ? { onPick } : {})} />
      ) : (
        <Suspense fallback={<div style={{ height }} aria-busy="true" />}>
          <Canvas
            label={label}
            columns={columns}
            rows={rows}
            option={option}
            height={height}
            write={write}
            format={format}
            {...(onPick ? { onPick } : {})}
          />
        </Suspense>
      )}
      {reading && <p className="chart-reading">{reading}</p>}
    </figure>
  )
}

/** More rows than this are not a table that anybody reads; the export has them all. */
const mostRows = 500

type TableProps = Pick<ChartProps, 'label' | 'columns' | 'rows' | 'onPick'> & { readonly write: ChartTools['write'] }

function ChartTable({ label, columns, rows, write, onPick }: TableProps) {
  const t = useWords('ui')
  return (
    <TableScroll label={label} className="chart-table">
      <table className="table table-compact">
        <caption className="hidden">{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.kind === 'text' || column.kind === 'day' ? undefined : 'end'}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a chart have no identity besides their place
            <tr key={index}>
              {columns.map((column, place) => (
                <td key={column.key} className={column.kind === 'text' || column.kind === 'day' ? undefined : 'end'}>
                  {place === 0 && onPick ? (
                    // What a click into the picture does, for the keyboard.
                    <button
                      type="button"
                      className="pick"
                      aria-label={columns
                        .slice(0, 2)
                        .map((one) => `${one.label} ${write(one.key, row[one.key] ?? null)}`)
                        .join(', ')}
                      onClick={() => onPick(row)}
                    >
                      {write(column.key, row[column.key] ?? null)}
                    </button>
                  ) : (
                    write(column.key, row[column.key] ?? null)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows && <p className="muted">{t('chart.rest', { count: rows.length - mostRows })}</p>}
    </TableScroll>
  )
}

/** How the table, the axes and the tooltips write a value. */
function writer(columns: readonly ChartColumn[], format: Format): ChartTools['write'] {
  const kinds = new Map(columns.map((column) => [column.key, column.kind ?? 'number']))
  return (key, value) => {
    if (value === null || typeof value === 'string')
      return value !== null && kinds.get(key) === 'day' ? format.day(value) : (value ?? format.number(null))
    const kind = kinds.get(key)
    if (kind === 'percent') return format.percent(value, 1)
    if (kind === 'money') return format.money(value)
    return format.number(value, kind === 'whole' || Number.isInteger(value) ? 0 : 2)
  }
}

/** The plain numbers, for other programs, amounts in whole units of money: a byte order mark for spreadsheets, quotes where needed, and no cell that a spreadsheet would run as a formula. */
export function csvOf(columns: readonly ChartColumn[], rows: readonly ChartRow[], currency: string): Blob {
  const decimals = decimalsOf(currency)
  const cell = (value: ChartValue, kind?: ChartColumn['kind']) => {
    if (typeof value === 'number') return kind === 'money' ? (value / 10 ** decimals).toFixed(decimals) : String(value)
    const safe = guardText(value ?? '')
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  const lines = [
    columns.map((column) => cell(column.label)),
    ...rows.map((row) => columns.map((column) => cell(row[column.key] ?? null, column.kind))),
  ]
  return new Blob([`\uFEFF${lines.map((line) => line.join(',')).join('\r\n')}\r\n`], { type: 'text/csv' })
}
