import { PlusOutlined } from '@ant-design/icons'
import { Button, Input, Segmented } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { MenuButton } from '#ui/menu-button.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePreference } from '#ui/preferences.ts'
import { useSession } from '#ui/session.ts'
import { useDuration } from '#ui/use-duration.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useEvents } from '#ui/use-events.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type Board, CalledNumber, WaitingNumbers } from './counter-numbers.tsx'
import { CustomerChoice } from './customer-choice.tsx'
import { Tile } from './report-board.tsx'
import './cases.css'
import './seeing.css'

type Point = Board['point']

/** Numbers at counters (F-07): issued to whoever comes, called in an order that knows tiers, served. */
export function CountersPage() {
  const t = useWords('cases')
  const { may } = useSession()
  const [params, setParams] = useSearchParams()
  const [changing, setChanging] = useState<Partial<Point> | null>(null)
  const found = useRead(casesApi.servicePoints, {})
  const add = may('cases.manage') && (
    <Button icon={<PlusOutlined />} onClick={() => setChanging({})}>
      {t('counters.add')}
    </Button>
  )
  return (
    <Page title={t('nav.counters')} about={t('counters.about')} actions={add}>
      <Loaded of={found}>
        {({ points }) => {
          const chosen = points.find(({ id }) => id === params.get('point')) ?? points[0]
          if (!chosen)
            return (
              <Empty title={t('counters.none')} action={add}>
                {t('counters.noneHelp')}
              </Empty>
            )
          return (
            <>
              {points.length > 1 && (
                <Segmented
                  className="case-kinds counter-points"
                  aria-label={t('counters.which')}
                  value={chosen.id}
                  onChange={(id) => setParams({ point: id }, { replace: true })}
                  options={points.map(({ id, name }) => ({ value: id, label: name }))}
                />
              )}
              <AtPoint key={chosen.id} pointId={chosen.id} change={setChanging} />
            </>
          )
        }}
      </Loaded>
      {changing && <PointForm point={changing} close={() => setChanging(null)} />}
    </Page>
  )
}

function AtPoint({ pointId, change }: { readonly pointId: string; readonly change: (point: Point) => void }) {
  const live = useEvents(casesApi.counterEvents, { pointId }, { renews: [casesApi.counterBoard] })
  const board = useRead(casesApi.counterBoard, { pointId }, { every: live ? 60_000 : 10_000 })
  return <Loaded of={board}>{(found) => <Shown board={found} change={change} />}</Loaded>
}

function Shown({ board, change }: { readonly board: Board; readonly change: (point: Point) => void }) {
  const t = useWords('cases')
  const duration = useDuration()
  const format = useFormat()
  const notice = useNotice()
  const { may, user } = useSession()
  const { point, called } = board
  const rename = useWrite(casesApi.changeServicePoint, { onDone: () => notice.done(t('counters.changed')) })
  const alter = (values: { readonly active?: boolean; readonly newDisplay?: boolean }) =>
    void rename.send({ pointId: point.id, version: point.version, ...values }).catch(notice.refused)
  const choose = (what: string) =>
    what === 'change' ? change(point) : what === 'display' ? alter({ newDisplay: true }) : alter({ active: !point.active })
  return (
    <>
      <Section
        title={point.name}
        about={
          <a href={point.display} target="_blank" rel="noreferrer">
            {t('counters.display')}
          </a>
        }
        actions={
          may('cases.manage') && (
            <MenuButton
              items={[
                { key: 'change', label: t('counters.change') },
                { key: 'display', label: t('counters.newDisplay') },
                { key: 'active', label: t(point.active ? 'counters.close' : 'counters.open') },
              ]}
              onChoose={choose}
            >
              {t('action.more')}
            </MenuButton>
          )
        }
      >
        <div className="tiles">
          <Tile title={t('counters.waiting')} value={format.number(point.waiting)} />
          <Tile
            title={t('counters.wait')}
            value={point.averageWaitMinutes === null ? t('figure.none') : duration(point.averageWaitMinutes)}
          />
          <Tile title={t('counters.served')} value={format.number(point.served)}>
            {point.noShow > 0 && t('counters.noShows', { count: point.noShow })}
          </Tile>
        </div>
        {!point.active && <p role="status">{t('counters.closed')}</p>}
        {may('cases.write') && point.active && <Issue pointId={point.id} />}
      </Section>
      {may('cases.write') && (
        <Section title={t('counters.serve')}>
          <Call pointId={point.id} mine={called.find(({ calledBy }) => calledBy === user.id) ?? null} />
        </Section>
      )}
      <Section title={t('counters.line')} about={t('counters.lineAbout')}>
        <WaitingNumbers board={board} />
        <p>
          <Link to="/desk">{t('counters.desk')}</Link>
        </p>
      </Section>
    </>
  )
}

/** Gives a number to whoever comes; who is known is called by their tier. */
function Issue({ pointId }: { readonly pointId: string }) {
  const t = useWords('cases')
  const notice = useNotice()
  const [customerId, setCustomerId] = useState<string | null>(null)
  const issue = useWrite(casesApi.issueNumber, {
    onDone: ({ label }) => {
      setCustomerId(null)
      notice.done(t('counters.issued', { label }))
    },
  })
  return (
    <div className="row counter-issue">
      <CustomerChoice key={String(customerId === null)} value={customerId} onChange={(value) => setCustomerId(value ?? null)} />
      <Button
        type="primary"
        loading={issue.pending}
        onClick={() => void issue.send({ pointId, ...(customerId ? { customerId } : {}) }).catch(notice.refused)}
      >
        {t('counters.issue')}
      </Button>
    </div>
  )
}

/** Calls the next number to one's own counter, or says what became of the one that was called. */
function Call({ pointId, mine }: { readonly pointId: string; readonly mine: Board['called'][number] | null }) {
  const t = useWords('cases')
  const notice = useNotice()
  const [counter, setCounter] = usePreference('counter', '1')
  const call = useWrite(casesApi.callNext, {
    onDone: ({ ticket }) => {
      if (!ticket) notice.done(t('counters.nobody'))
    },
  })
  if (mine) return <CalledNumber of={mine} />
  return (
    <div className="row">
      <Input
        className="counter-own"
        aria-label={t('counters.own')}
        prefix={<span className="muted">{t('counters.own')}</span>}
        value={counter}
        maxLength={20}
        onChange={({ target }) => setCounter(target.value)}
      />
      <Button
        type="primary"
        disabled={counter.trim() === ''}
        loading={call.pending}
        onClick={() => void call.send({ pointId, counter }).catch(notice.refused)}
      >
        {t('counters.next')}
      </Button>
    </div>
  )
}

interface Named {
  readonly name: string
  readonly prefix: string
}

function PointForm({ point, close }: { readonly point: Partial<Point>; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const add = useWrite(casesApi.addServicePoint, { onDone: close })
  const change = useWrite(casesApi.changeServicePoint, { onDone: close })
  const { id, version } = point
  return (
    <Dialog title={t(id ? 'counters.change' : 'counters.add')} onClose={close}>
      <Form<Named>
        fields={[
          { name: 'name', kind: 'text', label: t('counters.name'), required: true, maxLength: 100 },
          { name: 'prefix', kind: 'text', label: t('counters.prefix'), help: t('counters.prefixHelp'), maxLength: 2 },
        ]}
        initial={{ name: point.name ?? '', prefix: point.prefix ?? 'A' }}
        onSubmit={({ name, prefix }) =>
          id && version ? change.send({ pointId: id, version, name, prefix: prefix ?? '' }) : add.send({ name, prefix: prefix ?? '' })
        }
        problem={add.problem ?? change.problem}
        pending={add.pending || change.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
