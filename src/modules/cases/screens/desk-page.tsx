import { Alert, Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { api as customers } from '#modules/customers/api.ts'
import type { ResultOf } from '#ui/client.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { Slot } from '#ui/slot.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { askAction, rootAction } from '../domain/guide.ts'
import { letterLanguage, textIn } from '../domain/letters.ts'
import { ActDialog } from './act-dialog.tsx'
import { type Caller, DeskFind } from './desk-find.tsx'
import { type DeskDraft, DeskForm, type Typed } from './desk-form.tsx'
import { said, situationOfDraft } from './desk-said.ts'
import { Conduct, GuideList } from './guide-list.tsx'
import { GuidePanel } from './guide-panel.tsx'
import { KnowledgeFound } from './knowledge-found.tsx'
import { Limits } from './place-panel.tsx'
import { type Notes, type Technique, TechniqueHelp } from './technique-help.tsx'
import { TechniquesPanel } from './techniques-panel.tsx'
import './cases.css'
import './desk.css'

/** One screen to help a person (G-19). The address says who it is, and the order where it is about one. */
export function DeskPage() {
  // Also what its parts speak with, so that none of them keeps the page waiting while somebody is helped.
  const t = useWords('cases', 'knowledge', 'orders')
  const { may } = useSession()
  const [params, setParams] = useSearchParams()
  const customerId = params.get('customer')
  // Each conversation begins with nothing of the one before.
  const [talk, setTalk] = useState(0)
  const meet = ({ customerId: id, orderId }: Caller) => {
    setTalk((before) => before + 1)
    setParams({ customer: id, ...(orderId ? { order: orderId } : {}) })
  }
  return (
    <Page title={t('nav.desk')} about={t('desk.about')}>
      <div className="desk-find">
        <DeskFind key={talk} onFound={meet} />
      </div>
      {customerId === null ? (
        <>
          <p className="muted">{t('desk.start')}</p>
          {may('customers.write') && (
            <p>
              {t('desk.unknown')} <Link to="/customers/new">{t('desk.newCustomer')}</Link>
            </p>
          )}
          <Section title={t('conduct.title')}>
            <Conduct />
          </Section>
        </>
      ) : (
        <Conversation
          key={`${customerId} ${talk}`}
          customerId={customerId}
          orderId={params.get('order')}
          next={() => {
            setTalk((before) => before + 1)
            setParams({})
          }}
        />
      )}
    </Page>
  )
}

type Made = ResultOf<typeof casesApi.deskCase>
interface Used {
  readonly technique: Technique
  readonly notes: Notes
}

function Conversation({ customerId, orderId, next }: { customerId: string; orderId: string | null; next: () => void }) {
  const t = useWords('cases')
  const { may } = useSession()
  const notice = useNotice()
  const [draft, setDraft] = useState<DeskDraft>({ kind: 'complaint', orderId })
  const [ticked, setTicked] = useState<readonly string[]>([])
  const [used, setUsed] = useState<readonly Used[]>([])
  const [made, setMade] = useState<Made | null>(null)
  const customer = useRead(customers.one, { id: customerId }, { keepPrevious: false })
  const record = useWrite(casesApi.deskCase, { onDone: setMade, alsoChanges: ['commitments', 'customers', 'knowledge'] })
  const language = letterLanguage(customer.data?.values.language ?? null)
  const writes = may('cases.write') && may('customers.read')
  const send = async (typed: DeskDraft & Typed) => {
    if (Boolean(typed.promise?.trim()) !== Boolean(typed.promiseDay)) {
      notice.refused(t('desk.promiseNeedsBoth'))
      return
    }
    await record.send(said(customerId, typed, used, ticked))
  }
  return (
    <div className="desk">
      <div className="desk-glance">
        <Section title={t('desk.glance')}>
          <Loaded of={customer} lines={3}>
            {({ id, values }) => (
              <p className="desk-name">
                <Link to={`/customers/${id}`}>{values.name}</Link> <Slot name="customer.head" give={{ customerId: id }} bare />
              </p>
            )}
          </Loaded>
          <OpenCases customerId={customerId} />
          <Slot name="desk.glance" give={{ customerId }} bare />
        </Section>
      </div>
      <div className="desk-main">
        {made ? (
          <Recorded made={made} next={next} />
        ) : (
          <Section title={t('desk.what')}>
            {writes ? (
              <>
                <DeskForm customerId={customerId} orderId={orderId} onChange={setDraft} onRecord={send} write={record} />
                {may('knowledge.read') && <KnowledgeFound words={draft.description ?? ''} />}
              </>
            ) : (
              <p className="muted">{t('needs.others')}</p>
            )}
          </Section>
        )}
        {may('knowledge.read') && (
          <>
            <Section title={t('technique.title')}>
              {made ? (
                <TechniquesPanel caseId={made.id} />
              ) : (
                <>
                  <TechniqueHelp
                    situation={situationOfDraft(draft)}
                    language={language}
                    may={writes}
                    onUse={async (technique, notes) => {
                      setUsed((before) => [...before.filter((one) => one.technique.id !== technique.id), { technique, notes }])
                      notice.done(t('technique.noted'))
                    }}
                  />
                  <UsedSoFar used={used} />
                </>
              )}
            </Section>
            <Section title={t('guide.title')}>
              {made ? (
                <GuidePanel caseId={made.id} />
              ) : (
                <GuideList
                  done={ticked}
                  later={[askAction, rootAction]}
                  onTick={writes ? (action) => setTicked((before) => [...before, action]) : null}
                />
              )}
            </Section>
            <Section title={t('conduct.title')}>
              <Conduct />
            </Section>
          </>
        )}
      </div>
      <div className="desk-beside">
        <Slot name="desk" give={{ customerId }} />
      </div>
    </div>
  )
}

function UsedSoFar({ used }: { readonly used: readonly Used[] }) {
  const t = useWords('cases')
  const { language } = useLanguage()
  if (used.length === 0) return null
  return (
    <p role="status">{`${t('technique.used')}${t('ui:colon')}${used.map(({ technique }) => textIn(technique.name, language)).join(t('ui:comma'))}`}</p>
  )
}

/** What was recorded, and where it goes on; the keyboard is taken to the next customer. */
function Recorded({ made, next }: { readonly made: Made; readonly next: () => void }) {
  const t = useWords('cases')
  const on = useRef<HTMLDivElement>(null)
  const [act, setAct] = useState<string | null>(null)
  const found = useRead(casesApi.one, { caseId: made.id })
  useEffect(() => on.current?.querySelector<HTMLElement>('button')?.focus(), [])
  const acts = ['acknowledged', 'interim-remedy', 'promised', 'answered'].filter((one) => found.data?.may.includes(one))
  return (
    <Section title={t('desk.recorded', { number: made.number })}>
      {made.queued && <Alert type="info" showIcon title={t('place.queued')} description={<Limits caseId={made.id} />} />}
      {made.repeatOf && <Alert type="warning" showIcon title={t('desk.recordedRepeat')} />}
      <div ref={on} className="row">
        <Button type="primary" onClick={next}>
          {t('desk.nextCustomer')}
        </Button>
        {acts.map((one) => (
          <Button key={one} onClick={() => setAct(one)}>
            {t(`act.${one}`)}
          </Button>
        ))}
        <Link to={`/cases/${made.id}`}>{t('desk.openCase')}</Link>
      </div>
      {act && found.data && <ActDialog act={act} found={found.data} close={() => setAct(null)} />}
    </Section>
  )
}

function OpenCases({ customerId }: { readonly customerId: string }) {
  const t = useWords('cases')
  const { data } = useRead(casesApi.ofCustomer, { customerId, limit: 20 }, { keepPrevious: false })
  const open = (data?.items ?? []).filter(({ state }) => state === 'open' || state === 'resolved')
  return (
    <dl className="facts">
      <div>
        <dt>{t('desk.openCases')}</dt>
        <dd>
          {data && open.length === 0 && t('desk.noOpenCases')}
          {open.map(({ id, number, subject, kind }) => (
            <div key={id}>
              <Link to={`/cases/${id}`}>{number}</Link> <span className="muted">{`${t(`kind.${kind}`)} · ${subject}`}</span>
            </div>
          ))}
          {data?.next && <span className="muted">{t('desk.more')}</span>}
        </dd>
      </div>
    </dl>
  )
}
