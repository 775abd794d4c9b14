import { Button, Select, Slider } from 'antd'
import { useState } from 'react'
import { Chart } from '#ui/chart.tsx'
import { isMeanwhile, type ResultOf } from '#ui/client.ts'
import { Compared, isDisputed, useMerged } from '#ui/compared.tsx'
import { useFormat } from '#ui/format.ts'
import { TextInput } from '#ui/inputs.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { useToday } from '#ui/today.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import './cases.css'
import './seeing.css'

type Found = ResultOf<typeof casesApi.selfAssessment>

/** How one finds one's own service, month by month: points become a grade (F-11). */
export function SelfAssessmentPage() {
  const t = useWords('cases')
  const { may } = useSession()
  const found = useRead(casesApi.selfAssessment, {})
  return (
    <Page title={t('self.title')} about={t('self.about')}>
      <Loaded of={found}>
        {(sheet) => (
          <>
            <Sheet sheet={sheet} />
            {sheet.months.length > 0 && <History sheet={sheet} />}
          </>
        )}
      </Loaded>
      {may('cases.manage') && <Everybody />}
    </Page>
  )
}

/** The month that has begun and the two before it: what lies further back nobody remembers. */
function monthsUntil(today: string): readonly string[] {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  return [0, 1, 2].map((back) => new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7))
}

function Sheet({ sheet }: { readonly sheet: Found }) {
  const t = useWords('cases')
  const months = monthsUntil(useToday())
  const [month, setMonth] = useState(months[0]!)
  const before = sheet.months.find((one) => one.month.startsWith(month))
  return (
    <Section
      title={t('self.sheet')}
      about={t('self.grades', { grades: sheet.grades.map(({ from, grade }) => `${grade} ≥ ${from}`).join(' · ') })}
      actions={
        <Select
          aria-label={t('report.month')}
          value={month}
          onChange={setMonth}
          options={months.map((value) => ({ value, label: value }))}
        />
      }
    >
      <Items key={month} sheet={sheet} month={month} before={before ?? null} />
    </Section>
  )
}

/** Items have keys of their own, beside which the note stands. */
const item = (key: string) => `item:${key}`

function Items({
  sheet,
  month,
  before,
}: {
  readonly sheet: Found
  readonly month: string
  readonly before: Found['months'][number] | null
}) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const { language } = useLanguage()
  const typed = useMerged<Readonly<Record<string, number | string>>>({
    ...Object.fromEntries(
      sheet.items.map(({ key, most }) => [item(key), before?.items.find((one) => one.key === key)?.points ?? Math.round(most / 2)]),
    ),
    note: before?.note ?? '',
  })
  const pointsOf = (key: string) => Number(typed.values[item(key)] ?? 0)
  const note = String(typed.values.note)
  const labelOf = ({ key, names }: Pick<Found['items'][number], 'key' | 'names'>) =>
    names?.[language] || names?.en || t(`self.item.${key}`, { defaultValue: key })
  const write = useWrite(casesApi.assessSelf, {
    onDone: (made) => {
      typed.saved()
      notice.done(t('self.saved', { grade: made.grade, points: made.points }))
    },
  })
  const save = () =>
    void write
      .send({
        month,
        version: before?.version ?? 0,
        items: sheet.items.map(({ key }) => ({ key, points: pointsOf(key) })),
        note: note || null,
      })
      .catch((problem) => (isMeanwhile(problem) ? undefined : notice.refused(problem)))
  return (
    <div className="self-sheet">
      {typed.compared && (
        <Compared
          compared={typed.compared}
          label={(name) => {
            const named = sheet.items.find(({ key }) => item(key) === name)
            return named ? labelOf(named) : t('problem.note')
          }}
          shown={(_, theirs) => String(theirs) || ui('meanwhile.nothing')}
          decide={typed.decide}
        />
      )}
      {sheet.items.map(({ key, names, most }) => {
        const label = labelOf({ key, names })
        return (
          <div key={key} className="self-item">
            <span id={`self-${key}`}>{label}</span>
            <Slider
              min={0}
              max={most}
              value={pointsOf(key)}
              onChange={(value) => typed.set({ [item(key)]: value })}
              ariaLabelledByForHandle={`self-${key}`}
            />
            <span className="end">{t('self.of', { points: pointsOf(key), most })}</span>
          </div>
        )
      })}
      <TextInput
        kind="area"
        rows={2}
        value={note}
        onChange={(value) => typed.set({ note: value ?? '' })}
        placeholder={t('problem.note')}
        aria-label={t('problem.note')}
        maxLength={2000}
      />
      <Button type="primary" onClick={save} loading={write.pending} disabled={isDisputed(typed.compared)}>
        {ui('save')}
      </Button>
    </div>
  )
}

function History({ sheet }: { readonly sheet: Found }) {
  const t = useWords('cases')
  const format = useFormat()
  const last = sheet.months.at(-1)!
  return (
    <Section title={t('self.history')}>
      <Chart
        label={t('self.chart')}
        height={240}
        columns={[
          { key: 'month', label: t('report.month'), kind: 'text' },
          { key: 'points', label: t('self.points'), kind: 'number' },
          { key: 'grade', label: t('self.grade'), kind: 'text' },
        ]}
        rows={sheet.months.map(({ month, points, grade }) => ({ month: month.slice(0, 7), points, grade }))}
        option={({ axis }) => ({
          xAxis: { ...axis('month'), type: 'category' },
          yAxis: axis('points', { name: '', min: 0, max: 100 }),
          series: [{ type: 'line', name: t('self.points'), encode: { x: 'month', y: 'points' } }],
        })}
        reading={`${t('self.now', { grade: last.grade, points: format.number(last.points, 1) })} ${last.toNext === null ? t('self.highest') : t('self.toNext', { points: format.number(last.toNext, 1) })} ${t(`self.trend.${sheet.verdict}`)}`}
      />
    </Section>
  )
}

function Everybody() {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const found = useRead(casesApi.selfAssessments, {})
  return (
    <Section title={t('self.everybody')} about={t('self.everybodyAbout')}>
      <Loaded of={found}>
        {({ people: rows }) => (
          <DataTable
            name="self-assessments"
            label={t('self.everybody')}
            pages={{ items: rows }}
            rowKey={(row) => row.userId}
            columns={[
              { key: 'who', title: t('field.person'), cell: (row) => people.nameOf(row.userId) },
              { key: 'months', title: t('self.months'), align: 'end', cell: (row) => format.number(row.months.length) },
              { key: 'last', title: t('self.last'), align: 'end', cell: (row) => format.number(row.months.at(-1)?.points, 1) },
              { key: 'grade', title: t('self.grade'), cell: (row) => row.months.at(-1)?.grade ?? '' },
              { key: 'trend', title: t('self.trendTitle'), cell: (row) => t(`self.trend.${row.verdict}`) },
            ]}
            empty={<p className="muted">{t('self.nobody')}</p>}
          />
        )}
      </Loaded>
    </Section>
  )
}
