import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { type Column, DataTable } from '#ui/table.tsx'
import { useToday } from '#ui/today.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { scoreDimensions } from '../domain/figures/personnel-value.ts'
import { aYearBefore } from './use-year.ts'

type Value = ResultOf<typeof casesApi.ownPersonnelValue>
type Means = Pick<Value, (typeof scoreDimensions)[number] | 'cases'>

function useDays() {
  const to = useToday()
  return { from: aYearBefore(to), to }
}

/** An average with how many scores it is of; one of few is marked. */
function Mean({ count, mean, basis }: Value['attitude']) {
  const t = useWords('cases')
  const format = useFormat()
  if (mean === null) return <span className="muted">{t('personnel.none')}</span>
  return (
    <span>
      <b>{format.number(mean, 1)}</b>{' '}
      <small className="muted">
        {t('personnel.of', { count })}
        {basis === 'few' && <> · {t('quality.few')}</>}
      </small>
    </span>
  )
}

/** The averages of a row, whatever row it is. */
function useMeanColumns<R extends Means>(): Column<R>[] {
  const t = useWords('cases')
  const format = useFormat()
  return [
    ...scoreDimensions.map(
      (key): Column<R> => ({ key, title: t(`personnel.${key}`), align: 'end', cell: (row: R) => <Mean {...row[key]} /> }),
    ),
    { key: 'cases', title: t('personnel.cases'), align: 'end', cell: (row: R) => format.number(row.cases) },
  ]
}

/** What customers gave one person in the last twelve months, and from month to month. */
function OfOne({ value }: { readonly value: Value }) {
  const t = useWords('cases')
  const means = useMeanColumns<Value['months'][number]>()
  if (value.cases === 0) return <p className="muted">{t('personnel.noneYet')}</p>
  return (
    <>
      <dl className="facts" aria-label={t('scorecard.year')}>
        {scoreDimensions.map((key) => (
          <div key={key}>
            <dt>{t(`personnel.${key}`)}</dt>
            <dd>
              <Mean {...value[key]} />
            </dd>
          </div>
        ))}
      </dl>
      {value.months.length > 1 && (
        <DataTable
          name="personnel-value-months"
          label={t('personnel.months')}
          pages={{ items: value.months.toReversed() }}
          rowKey={(row) => row.month}
          columns={[{ key: 'month', title: t('personnel.month'), cell: (row) => row.month }, ...means]}
        />
      )}
    </>
  )
}

/** One's own, on the scorecard. */
export function OwnPersonnelValue() {
  const t = useWords('cases')
  const own = useRead(casesApi.ownPersonnelValue, useDays())
  return (
    <Section title={t('personnel.title')} about={t('personnel.about')}>
      <Loaded of={own} lines={2}>
        {(value) => <OfOne value={value} />}
      </Loaded>
    </Section>
  )
}

/** Of everybody whose work one judges (P-07). */
export function PersonnelValues() {
  const t = useWords('cases')
  const people = usePeople()
  const found = useRead(casesApi.personnelValue, useDays())
  const means = useMeanColumns<Value>()
  return (
    <Section title={t('scorecard.year')} about={t('personnel.about')}>
      <Loaded of={found}>
        {({ items }) => (
          <DataTable
            name="personnel-value"
            label={t('personnel.title')}
            pages={{ items }}
            rowKey={(row) => row.userId}
            columns={[{ key: 'who', title: t('scorecard.who'), cell: (row) => people.nameOf(row.userId) ?? row.userId }, ...means]}
            empty={<Empty title={t('personnel.nobodyYet')}>{t('personnel.nobodyYetHelp')}</Empty>}
          />
        )}
      </Loaded>
    </Section>
  )
}

/** On the page of somebody who works here. */
export function PersonnelValuePanel({ userId }: { readonly userId: string }) {
  const t = useWords('cases')
  const found = useRead(casesApi.personnelValue, useDays())
  return (
    <Loaded of={found} lines={2}>
      {({ items }) => {
        const value = items.find((one) => one.userId === userId)
        return value ? <OfOne value={value} /> : <p className="muted">{t('personnel.noneYet')}</p>
      }}
    </Loaded>
  )
}
