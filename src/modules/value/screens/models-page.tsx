import { Chart } from '#ui/chart.tsx'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { Section } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { hasWord, useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { ReportPage } from './report-page.tsx'

type Models = NonNullable<ResultOf<typeof valueApi.models>['part']>
type BackTest = NonNullable<Models['backTest']>

/** Which model looks into the future, why this one, and how right it was on a past that it had not seen. */
export function ModelsPage() {
  const t = useWords('value')
  return (
    <ReportPage name="models" of={useRead(valueApi.models, {})}>
      {(models) => (
        <>
          <Choice models={models} />
          {models.backTest ? <BackTestPlots test={models.backTest} chosen={models.chosen} /> : <p>{t('backTest.none')}</p>}
          <Fits models={models} />
          <Seconds seconds={models.seconds} />
        </>
      )}
    </ReportPage>
  )
}

function Choice({ models }: { models: Models }) {
  const t = useWords('value')
  const format = useFormat()
  return (
    <Section title={t('models.inUse', { model: t(`model.${models.chosen}`) })}>
      <p>{t(`model.${models.chosen}.about`)}</p>
      <p>
        {t(`choice.${models.choiceReason}`, {
          repeatBuyers: format.number(models.repeatBuyers),
          needed: format.number(models.minimumRepeatBuyers),
        })}
      </p>
      {models.grade && (
        <p>
          <strong>{t('models.grade', { grade: models.grade })}</strong> {t(`grade.${models.grade}`)}
        </p>
      )}
      <p className="muted">
        {t('models.conventions', {
          unit: t(`unit.${models.unit}`),
          until: format.day(models.calibrationEnd),
          buyers: format.number(models.buyers),
        })}
      </p>
    </Section>
  )
}

function BackTestPlots({ test, chosen }: { test: BackTest; chosen: string }) {
  const t = useWords('value')
  const format = useFormat()
  const usable = test.models.filter((model) => model.usable && model.cumulative.length > 0)
  const lines = [{ kind: 'actual', cumulative: test.actualCumulative, byFrequency: test.actualByFrequency }, ...usable]
  const name = (kind: string) => (kind === 'actual' ? t('backTest.actual') : t(`model.${kind}`))
  return (
    <Section
      title={t('backTest.title')}
      about={t('backTest.about', {
        from: format.day(test.calibrationEnd),
        to: format.day(test.end),
        customers: format.number(test.customers),
      })}
    >
      {test.sampledEvery > 1 && <p className="muted">{t('backTest.sampled', { every: test.sampledEvery })}</p>}
      <div className="value-lists">
        <Chart
          label={t('backTest.cumulative')}
          columns={[
            { key: 'days', label: t('backTest.days'), kind: 'whole' },
            ...lines.map(({ kind }) => ({ key: kind, label: name(kind), kind: 'whole' as const })),
          ]}
          rows={test.actualCumulative.map((_, step) => ({
            days: (step + 1) * test.stepDays,
            ...Object.fromEntries(lines.map((line) => [line.kind, line.cumulative[step] ?? null])),
          }))}
          option={({ axis }) => ({
            legend: {},
            xAxis: axis('days'),
            yAxis: axis('actual', { name: '' }),
            series: lines.map(({ kind }) => ({
              type: 'line' as const,
              name: name(kind),
              showSymbol: false,
              lineStyle: { width: kind === 'actual' || kind === chosen ? 3 : 1 },
              encode: { x: 'days', y: kind },
            })),
          })}
          reading={t('backTest.cumulativeReading')}
        />
        <Chart
          label={t('backTest.byFrequency')}
          columns={[
            { key: 'repeats', label: t('backTest.repeats'), kind: 'text' },
            { key: 'customers', label: t('figure.customers'), kind: 'whole' },
            ...lines.map(({ kind }) => ({ key: kind, label: name(kind), kind: 'number' as const })),
          ]}
          rows={test.customersByFrequency.map((customers, x) => ({
            repeats: x === test.customersByFrequency.length - 1 ? `${x}+` : String(x),
            customers,
            ...Object.fromEntries(lines.map((line) => [line.kind, line.byFrequency[x] ?? null])),
          }))}
          option={({ axis }) => ({
            legend: {},
            xAxis: { ...axis('repeats'), type: 'category' },
            yAxis: axis('actual', { name: '' }),
            series: lines
              .filter(({ kind }) => kind === 'actual' || kind === chosen)
              .map(({ kind }) => ({ type: 'bar' as const, name: name(kind), encode: { x: 'repeats', y: kind } })),
          })}
          reading={t('backTest.byFrequencyReading')}
        />
      </div>
      <Scores test={test} chosen={chosen} />
    </Section>
  )
}

function Scores({ test, chosen }: { test: BackTest; chosen: string }) {
  const t = useWords('value')
  const format = useFormat()
  const rows = [
    ...test.models.map((model) => ({ ...model, name: t(`model.${model.kind}`), note: model.reason ? t(`fit.${model.reason}`) : '' })),
    { ...test.lastRate, kind: 'last-rate', name: t('baseline.lastRate'), note: t('baseline.lastRate.about') },
    { ...test.recency, kind: 'recency', name: t('baseline.recency'), note: t('baseline.recency.about') },
  ]
  return (
    <DataTable
      name="value-back-test"
      label={t('backTest.scores')}
      rowKey={(row) => row.kind}
      pages={{ items: rows }}
      columns={[
        { key: 'model', title: t('figure.model'), cell: (row) => (row.kind === chosen ? <strong>{row.name}</strong> : row.name) },
        { key: 'orders', title: t('score.orders'), align: 'end', cell: (row) => format.number(row.expectedOrders) },
        { key: 'bias', title: t('score.bias'), align: 'end', cell: (row) => format.percent(row.bias, 1) },
        { key: 'error', title: t('score.error'), align: 'end', cell: (row) => format.number(row.meanAbsoluteError, 3) },
        { key: 'ranking', title: t('score.ranking'), align: 'end', cell: (row) => format.number(row.areaUnderCurve, 3) },
        { key: 'brier', title: t('score.brier'), align: 'end', cell: (row) => format.number(row.brier, 4) },
        { key: 'note', title: t('score.note'), cell: (row) => row.note },
      ]}
    />
  )
}

function Fits({ models }: { models: Models }) {
  const t = useWords('value')
  const format = useFormat()
  const numbers = (values: Readonly<Record<string, number>> | null) =>
    values === null
      ? format.number(null)
      : Object.entries(values)
          .map(([name, value]) => `${name} ${format.number(value, 4)}`)
          .join(', ')
  return (
    <Section title={t('fits.title')} about={t('fits.about')}>
      <DataTable
        name="value-fits"
        label={t('fits.title')}
        rowKey={(row) => row.kind}
        pages={{ items: [...models.fits, ...(models.spend ? [{ ...models.spend, usable: models.spend.reason === null }] : [])] }}
        columns={[
          { key: 'model', title: t('figure.model'), cell: (row) => t(`model.${row.kind === 'pooled' ? 'pooled-spend' : row.kind}`) },
          { key: 'parameters', title: t('fits.parameters'), cell: (row) => numbers(row.parameters) },
          { key: 'errors', title: t('fits.standardErrors'), optional: true, cell: (row) => numbers(row.standardErrors) },
          { key: 'likelihood', title: t('fits.logLikelihood'), align: 'end', cell: (row) => format.number(row.logLikelihood, 3) },
          { key: 'customers', title: t('figure.customers'), align: 'end', cell: (row) => format.number(row.customers) },
          { key: 'note', title: t('score.note'), cell: (row) => (row.reason ? t(`fit.${row.reason}`) : t('fit.fine')) },
        ]}
      />
      {models.spend?.correlation != null && (
        <p className="muted">{t('fits.correlation', { correlation: format.number(models.spend.correlation, 3) })}</p>
      )}
    </Section>
  )
}

function Seconds({ seconds }: { seconds: Readonly<Record<string, number>> }) {
  const t = useWords('value')
  const format = useFormat()
  // A stored valuation may name a phase that there is no more.
  const phases = Object.entries(seconds).filter(([phase]) => hasWord('value', `phase.${phase}`))
  return (
    <details>
      <summary>{t('seconds.title')}</summary>
      <dl className="facts">
        {phases.map(([phase, took]) => (
          <div key={phase}>
            <dt>{t(`phase.${phase}`)}</dt>
            <dd>{t('seconds.took', { seconds: format.number(took, 2) })}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
