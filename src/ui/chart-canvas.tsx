/** The picture of `<Chart>`; fetched with the first chart. Screens use `chart.tsx`. */

import type { BarSeriesOption, HeatmapSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import { BarChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts'
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption, VisualMapComponentOption } from 'echarts/components'
import {
  AriaComponent,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components'
import * as echarts from 'echarts/core'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef, useState } from 'react'
import type { ChartColumn, ChartProps, ChartRow, ChartTools } from './chart.tsx'
import type { Format } from './format.ts'
import { inkOn, type Theme, useTheme } from './theme.ts'

echarts.use([
  BarChart,
  HeatmapChart,
  LineChart,
  ScatterChart,
  AriaComponent,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
  VisualMapComponent,
  CanvasRenderer,
  SVGRenderer,
])

type Series = BarSeriesOption | HeatmapSeriesOption | LineSeriesOption | ScatterSeriesOption
/** What a maker may say: everything but the data, which comes from the columns and rows. */
export interface ChartOption {
  readonly series: readonly (Series & { data?: never })[]
  readonly xAxis?: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[]
  readonly yAxis?: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[]
  readonly grid?: GridComponentOption
  readonly legend?: LegendComponentOption
  readonly tooltip?: TooltipComponentOption
  readonly visualMap?: VisualMapComponentOption
}

interface CanvasProps extends Pick<ChartProps, 'label' | 'columns' | 'rows' | 'option' | 'onPick'> {
  readonly height: number
  readonly write: ChartTools['write']
  readonly format: Format
}

/** An SVG picture is sharp in print and small; beyond this many marks a canvas draws faster. */
const mostSvgMarks = 1500

export function ChartCanvas({ label, columns, rows, option, height, write, format, onPick }: CanvasProps) {
  const { mode, colours } = useTheme()
  const box = useRef<HTMLDivElement>(null)
  const [narrow, setNarrow] = useState(false)
  const renderer = rows.length > mostSvgMarks ? 'canvas' : 'svg'
  const picture = useRef<echarts.ECharts | null>(null)
  const pick = useRef(onPick)
  pick.current = onPick
  const shown = useRef(rows)
  shown.current = rows

  useEffect(() => {
    if (!box.current) return
    const made = echarts.init(box.current, null, { renderer })
    picture.current = made
    made.on('click', (event) => {
      const row = shown.current[event.dataIndex ?? -1]
      if (row) pick.current?.(row)
    })
    const watcher = new ResizeObserver(([entry]) => {
      made.resize()
      setNarrow((entry?.contentRect.width ?? 1000) < 520)
    })
    watcher.observe(box.current)
    return () => {
      watcher.disconnect()
      made.dispose()
      picture.current = null
    }
  }, [renderer])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new renderer is a new picture, which needs its option again
  useEffect(() => {
    const axis = axisMaker(columns, brief(columns, format, write), narrow)
    const made = option({ mode, colours, format, write, axis, narrow })
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    picture.current?.setOption(
      {
        ...frame(colours, fontOf(box.current), label, !still, made.series.filter((one) => one.type === 'bar').length > 1),
        ...dressed(made, columns, rows, write, colours, box.current?.clientWidth ?? 1000),
      },
      { notMerge: true },
    )
  }, [columns, rows, option, mode, colours, format, write, narrow, label, renderer])

  return <div ref={box} className="chart-box" style={{ height }} role="img" aria-label={label} />
}

const frame = (colours: Theme['colours'], fontFamily: string, label: string, animation: boolean, severalBars: boolean) => ({
  animation,
  animationDuration: 300,
  color: [...colours.series],
  textStyle: { fontFamily, color: colours.muted },
  aria: { enabled: true, label: { description: label }, decal: { show: severalBars } },
})

/** By name and not as `inherit`: widths of words are measured with it, and legends would run into each other. */
const fontOf = (box: HTMLElement | null) => (box ? getComputedStyle(box).fontFamily : 'sans-serif')

/** The maker's option with the data and with our colours on what it left open. */
function dressed(
  made: ChartOption,
  columns: readonly ChartColumn[],
  rows: readonly ChartRow[],
  write: ChartTools['write'],
  colours: Theme['colours'],
  width: number,
) {
  const lines = {
    axisLine: { lineStyle: { color: colours.edge } },
    splitLine: { lineStyle: { color: colours.line } },
    axisTick: { show: false },
  }
  const dress = (axis: ChartOption['xAxis']) =>
    (Array.isArray(axis) ? axis : [axis ?? { type: 'value' }]).map((one: Readonly<Record<string, unknown>>) => ({
      ...lines,
      nameTextStyle: { color: colours.muted },
      ...one,
      axisLabel: { color: colours.muted, ...(one.axisLabel as object | undefined) },
    }))
  return {
    grid: {
      left: 8,
      right: 16,
      top: made.legend ? 14 + 22 * legendRows(made.series, width) : 16,
      bottom: 8,
      outerBoundsMode: 'same',
      outerBoundsContain: 'all',
      ...made.grid,
    },
    ...(made.legend ? { legend: { top: 0, left: 0, icon: 'roundRect', textStyle: { color: colours.ink }, ...made.legend } } : {}),
    ...(made.visualMap
      ? { visualMap: { inRange: { color: [...colours.scale] }, textStyle: { color: colours.muted }, ...made.visualMap } }
      : {}),
    tooltip: {
      confine: true,
      backgroundColor: colours.surface,
      borderColor: colours.edge,
      textStyle: { color: colours.ink },
      renderMode: 'richText',
      formatter: (hit: unknown) => told(hit, columns, write),
      ...made.tooltip,
    },
    dataset: {
      dimensions: columns.map((column) => ({ name: column.key, displayName: column.label })),
      source: rows.map((row) => ({ ...row })),
    },
    xAxis: dress(made.xAxis),
    yAxis: dress(made.yAxis),
    series: made.series.map((one, index) => dressedSeries(one, index, made.series, write, colours, Number(made.visualMap?.max ?? 1))),
  }
}

/** How many rows the names of the series take; Han characters are twice as wide as Latin ones. */
function legendRows(series: ChartOption['series'], width: number): number {
  let rows = 1
  let used = 0
  for (const { name } of series) {
    const wide = 46 + [...String(name ?? '')].reduce((sum, character) => sum + (character > '\u2e80' ? 12 : 6.5), 0)
    if (used > 0 && used + wide > width - 16) {
      rows++
      used = 0
    }
    used += wide
  }
  return rows
}

/** Dashes tell lines apart without colour; labels are written as in the table; cells keep a gap. */
function dressedSeries(
  one: ChartOption['series'][number],
  index: number,
  all: ChartOption['series'],
  write: ChartTools['write'],
  colours: Theme['colours'],
  most: number,
): Series {
  const shown = (one.encode as Record<string, string> | undefined)?.[one.type === 'heatmap' ? 'value' : 'y']
  const label =
    one.label?.show && !one.label.formatter && shown
      ? { ...one.label, ...labelOf(one.type === 'heatmap' ? { most, scale: colours.scale } : null, shown, write) }
      : one.label
  const dressed = {
    ...one,
    ...(label ? { label } : {}),
    ...(one.markLine ? { markLine: { ...one.markLine, label: { color: colours.ink, textBorderWidth: 0, ...one.markLine.label } } } : {}),
  } as Series
  if (dressed.type === 'line' && all.length > 1)
    return { ...dressed, lineStyle: { type: dashes[index % dashes.length], ...dressed.lineStyle } as LineSeriesOption['lineStyle'] & {} }
  if (dressed.type === 'bar') return { barMaxWidth: 72, ...dressed }
  if (dressed.type === 'heatmap') return { ...dressed, itemStyle: { borderColor: colours.surface, borderWidth: 2, ...dressed.itemStyle } }
  return dressed
}
/** The value as the table writes it; upon the cells of a heat map black or white, whichever is read better. */
function labelOf(heat: { readonly most: number; readonly scale: readonly string[] } | null, key: string, write: ChartTools['write']) {
  return {
    rich: { '#000': { color: '#000' }, '#fff': { color: '#fff' } },
    formatter({ data }: { data: unknown }) {
      const value = (data as ChartRow)[key] ?? null
      const text = write(key, value)
      return heat && typeof value === 'number' ? `{${inkOn(heat.scale, value / heat.most)}|${text}}` : text
    },
  }
}

const dashes = ['solid', [8, 4], [2, 3], [12, 4, 2, 4]] as const

/** A row in words: every column with its value, as the table writes it. */
function told(hit: unknown, columns: readonly ChartColumn[], write: ChartTools['write']): string {
  const first = (Array.isArray(hit) ? hit[0] : hit) as { data?: unknown } | undefined
  const row = first?.data
  if (typeof row !== 'object' || row === null) return ''
  return columns.map((column) => `${column.label}: ${write(column.key, (row as ChartRow)[column.key] ?? null)}`).join('\n')
}

/** Axes have little room: money without cents and in thousands, percents without decimals. */
const brief =
  (columns: readonly ChartColumn[], format: Format, write: ChartTools['write']): ChartTools['write'] =>
  (key, value) => {
    const kind = columns.find((one) => one.key === key)?.kind
    if (typeof value === 'number' && kind === 'money') return format.money(value, null, { short: true })
    if (typeof value === 'number' && kind === 'percent') return format.percent(value)
    return write(key, value)
  }

const axisMaker =
  (columns: readonly ChartColumn[], write: ChartTools['write'], narrow: boolean): ChartTools['axis'] =>
  (key, more = {}) => {
    const column = columns.find((one) => one.key === key)
    const category = column?.kind === 'text' || column?.kind === 'day'
    return {
      type: category ? 'category' : 'value',
      ...(narrow ? {} : { name: column?.label, nameLocation: 'middle', nameGap: 28 }),
      axisLabel: { formatter: (value: string | number) => write(key, value), hideOverlap: true },
      ...(category ? { splitLine: { show: false } } : {}),
      ...more,
    }
  }
