import { Button, Tabs } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages, useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import type { Entry } from './entry-columns.tsx'
import { useEntryColumns } from './entry-columns.tsx'
import { EntryDialog } from './entry-dialog.tsx'
import { OwnPersonnelValue, PersonnelValues } from './personnel-value.tsx'
import { RecognizeDialog } from './recognize-dialog.tsx'
import { useYear } from './use-year.ts'
import './cases.css'

/** Each view with what it takes; one's own takes nothing. */
const views = {
  mine: null,
  waiting: 'cases.penalties',
  everybody: 'cases.penalties',
  delays: 'cases.penalties',
  customers: 'cases.quality',
} as const

/** Recognition beside penalties, and what customers gave: one's own, and of everybody for whoever decides on it or judges them (P-04, N-10, P-07). */
export function ScorecardPage() {
  const t = useWords('cases')
  const { may } = useSession()
  const [params, setParams] = useSearchParams()
  const [recognizing, setRecognizing] = useState(false)
  const shown = (Object.keys(views) as (keyof typeof views)[]).filter((one) => views[one] === null || may(views[one]))
  const view = shown.find((one) => one === params.get('view')) ?? 'mine'
  const contents = { mine: <Mine />, waiting: <Waiting />, everybody: <Everybody />, delays: <Delays />, customers: <PersonnelValues /> }
  return (
    <Page
      title={t('scorecard.title')}
      about={t('scorecard.about')}
      actions={
        <Button type="primary" onClick={() => setRecognizing(true)}>
          {t('recognition.propose')}
        </Button>
      }
    >
      {shown.length > 1 ? (
        <Tabs
          activeKey={view}
          onChange={(key) => setParams({ view: key }, { replace: true })}
          destroyOnHidden
          items={shown.map((key) => ({ key, label: t(`scorecard.${key}`), children: contents[key] }))}
        />
      ) : (
        <Mine />
      )}
      {recognizing && <RecognizeDialog close={() => setRecognizing(false)} />}
    </Page>
  )
}

function Mine() {
  const t = useWords('cases')
  const format = useFormat()
  const score = useRead(casesApi.ownScore, useYear())
  const pages = usePages(casesApi.ownEntries, {})
  const columns = useEntryColumns({ whose: false })
  return (
    <>
      <Loaded of={score} lines={2}>
        {({ points, recognitions, penalties, penaltyMinor }) => (
          <dl className="facts" aria-label={t('scorecard.year')}>
            <div>
              <dt>{t('scorecard.points')}</dt>
              <dd>
                <b>{format.number(points)}</b> <small className="muted">{t('scorecard.recognitionsOf', { count: recognitions })}</small>
              </dd>
            </div>
            <div>
              <dt>{t('scorecard.penalties')}</dt>
              <dd>
                <b>{format.money(penaltyMinor)}</b> <small className="muted">{t('scorecard.penaltiesOf', { count: penalties })}</small>
              </dd>
            </div>
          </dl>
        )}
      </Loaded>
      <DataTable
        name="own-entries"
        label={t('scorecard.mine')}
        columns={columns}
        pages={pages}
        rowKey={(entry) => entry.id}
        empty={<Empty title={t('scorecard.noneOfMine')}>{t('scorecard.noneOfMineHelp')}</Empty>}
      />
      <OwnPersonnelValue />
    </>
  )
}

function Waiting() {
  const t = useWords('cases')
  const pages = usePages(casesApi.staffEntries, { state: 'proposed' })
  const [open, setOpen] = useState<Entry | null>(null)
  const columns = useEntryColumns({ whose: true, decide: setOpen })
  return (
    <>
      <DataTable
        name="waiting-entries"
        label={t('scorecard.waiting')}
        columns={columns}
        pages={pages}
        rowKey={(entry) => entry.id}
        empty={<Empty title={t('scorecard.noneWaiting')}>{t('scorecard.noneWaitingHelp')}</Empty>}
      />
      {open && <EntryDialog entry={open} close={() => setOpen(null)} />}
    </>
  )
}

function Everybody() {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const scores = useRead(casesApi.staffScores, useYear())
  const pages = usePages(casesApi.staffEntries, {})
  const columns = useEntryColumns({ whose: true })
  return (
    <>
      <Section title={t('scorecard.year')}>
        <Loaded of={scores}>
          {({ items }) => (
            <DataTable
              name="staff-scores"
              label={t('scorecard.year')}
              pages={{ items: items.toSorted((a, b) => b.points - a.points) }}
              rowKey={(score) => score.userId}
              columns={[
                { key: 'who', title: t('scorecard.who'), cell: (score) => people.nameOf(score.userId) },
                { key: 'points', title: t('scorecard.points'), align: 'end', cell: (score) => format.number(score.points) },
                {
                  key: 'recognitions',
                  title: t('scorecard.recognitions'),
                  align: 'end',
                  cell: (score) => format.number(score.recognitions),
                },
                { key: 'penalties', title: t('scorecard.penalties'), align: 'end', cell: (score) => format.number(score.penalties) },
                { key: 'amount', title: t('scorecard.amount'), align: 'end', cell: (score) => format.money(score.penaltyMinor) },
                { key: 'waiting', title: t('scorecard.undecided'), align: 'end', cell: (score) => format.number(score.waiting) },
              ]}
              empty={<Empty title={t('scorecard.noneAtAll')}>{t('scorecard.noneAtAllHelp')}</Empty>}
            />
          )}
        </Loaded>
      </Section>
      <Section title={t('scorecard.all')}>
        <DataTable
          name="staff-entries"
          label={t('scorecard.all')}
          columns={columns}
          pages={pages}
          rowKey={(entry) => entry.id}
          empty={<p className="muted">{t('scorecard.noneAtAll')}</p>}
        />
      </Section>
    </>
  )
}

/** Who held cases up (G-10): named so, or without a decision when one was due. */
function Delays() {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const { may } = useSession()
  const { from } = useYear()
  const found = useRead(casesApi.delays, { from })
  return (
    <Loaded of={found}>
      {({ items }) => (
        <DataTable
          name="case-delays"
          label={t('scorecard.delays')}
          pages={{ items }}
          rowKey={(one) => `${one.kind} ${one.caseId} ${one.userId} ${one.at.getTime()}`}
          columns={[
            { key: 'who', title: t('scorecard.who'), cell: (one) => people.nameOf(one.userId) },
            {
              key: 'case',
              title: t('nav.cases'),
              cell: (one) => (may('cases.read') ? <Link to={`/cases/${one.caseId}`}>{one.number}</Link> : one.number),
            },
            { key: 'what', title: t('scorecard.what'), cell: (one) => t(`delay.${one.kind}`) },
            { key: 'due', title: t('field.due'), cell: (one) => (one.dueAt ? format.instant(one.dueAt) : '') },
            {
              key: 'at',
              title: t('scorecard.at'),
              cell: (one) =>
                one.kind === 'approval' ? (one.decidedAt ? format.instant(one.decidedAt) : t('delay.stillOpen')) : format.instant(one.at),
            },
          ]}
          empty={<Empty title={t('scorecard.noDelays')}>{t('scorecard.noDelaysHelp')}</Empty>}
        />
      )}
    </Loaded>
  )
}
