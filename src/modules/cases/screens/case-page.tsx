import { Button, Tag } from 'antd'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { useFormat } from '#ui/format.ts'
import { MenuButton } from '#ui/menu-button.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { Slot } from '#ui/slot.tsx'
import { TierTag } from '#ui/tier-tag.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { atOnceBecause, isRepeated } from '../domain/standing.ts'
import { ActDialog } from './act-dialog.tsx'
import { actForms } from './act-forms.ts'
import { AnswerLanguage } from './answer-language.tsx'
import { CaseCustomer } from './case-customer.tsx'
import { CaseLog } from './case-log.tsx'
import { EarlyChecklist } from './checklist.tsx'
import { useChoiceWords } from './choice-words.ts'
import { CorrectDialog } from './correct-dialog.tsx'
import { FactList, type Facts } from './facts.tsx'
import { CaseFiles } from './files.tsx'
import { Findings } from './findings.tsx'
import { Missing } from './missing.tsx'
import { type Detail, useDepartmentName, useMatter } from './shown.ts'
import { StepRail } from './step-rail.tsx'
import { Unproven } from './unproven.tsx'
import './cases.css'

/** A case whole: where it stands, what is missing, what was found, and everything that happened. `?at=` shows it as it was at a moment. */
export function CasePage() {
  const { caseId = '' } = useParams()
  const [params] = useSearchParams()
  const at = params.get('at')
  const moment = at === null || Number.isNaN(Date.parse(at)) ? undefined : new Date(at)
  const found = useRead(casesApi.one, { caseId, ...(moment ? { at: moment } : {}) }, { keepPrevious: false })
  return <Loaded of={found}>{(one) => <Found found={one} at={moment ?? null} />}</Loaded>
}

function Found({ found, at }: { readonly found: Detail; readonly at: Date | null }) {
  // Also what its dialogs speak with, so that none of them keeps the page waiting.
  const t = useWords('cases', 'knowledge')
  const format = useFormat()
  const matter = useMatter()
  const people = usePeople()
  const [act, setAct] = useState<string | null>(null)
  return (
    <Page
      title={found.record.subject}
      about={
        <span className="row">
          <span className="case-number">{found.number}</span>
          <Tag>{t(`kind.${found.kind}`)}</Tag>
          <CaseCustomer of={found.customer} />
          {found.managerId && <span>{t('head.manager', { name: people.nameOf(found.managerId) })}</span>}
          {found.policy?.tier && <TierTag tier={found.policy.tier} />}
          <span>{matter(found.record)}</span>
          {found.state !== 'open' && <Tag>{t(`state.${found.state}`)}</Tag>}
          {found.paused && <Tag className="case-warn">{t('paused')}</Tag>}
          {found.repeatOf && (
            <Link to={`/cases/${found.repeatOf}`}>
              {isRepeated(found) ? <Tag className="case-bad">{t('repeated')}</Tag> : <Tag>{t('goesOn')}</Tag>}
            </Link>
          )}
          {atOnceBecause(found) && <Tag color="error">{t('immediate')}</Tag>}
          {found.proactive && <Tag color="processing">{t('found.raised')}</Tag>}
          {found.found && (
            <Link to={`/cases/${found.found.caseId}`}>
              <Tag>{t(found.found.first ? 'found.first' : 'found.tooLate', { number: found.found.number })}</Tag>
            </Link>
          )}
          {found.complained.map(({ id, number }) => (
            <Link key={id} to={`/cases/${id}`}>
              <Tag className="case-warn">{t('found.complained', { number })}</Tag>
            </Link>
          ))}
          {found.recurrence && <Tag color="error">{t('recurred.tag')}</Tag>}
        </span>
      }
      actions={at === null && <Actions found={found} start={setAct} />}
    >
      {at && (
        <p className="case-past" role="status">
          {t('past', { at: format.instant(at) })} <Link to={`/cases/${found.id}`}>{t('now')}</Link>
        </p>
      )}
      {found.erased && (
        <p className="case-past" role="status">
          {t('erased')}
        </p>
      )}
      <Unproven found={found} />
      <Section title={t('steps.title')}>
        <StepRail found={found} />
        <Missing found={found} start={at === null ? setAct : null} />
      </Section>
      <Section title={t('record.title')}>
        <RecordFacts found={found} />
      </Section>
      <CaseFiles found={found} />
      <Findings found={found} />
      {found.kind === 'custom-request' && <EarlyChecklist found={found} />}
      <Slot name="case" give={{ caseId: found.id, customerId: found.customer?.id ?? null }} />
      <Section title={t('log.title')}>
        <CaseLog found={found} />
      </Section>
      {act === 'changed' && <CorrectDialog found={found} close={() => setAct(null)} />}
      {act && act !== 'changed' && <ActDialog act={act} found={found} close={() => setAct(null)} />}
    </Page>
  )
}

/** Acts that serve a step are offered with what is missing; these are always at hand. */
const atHand = ['noted', 'promised', 'interim-remedy', 'assigned'] as const
const more = [
  'assessed',
  'remedy-answered',
  'task-given',
  'appointed',
  'paused',
  'resumed',
  'sent-back',
  'handed-over',
  'feedback',
  'changed',
  'merged',
  'converted',
  'withdrawn',
  'reopened',
  'appealed',
] as const

function Actions({ found, start }: { readonly found: Detail; readonly start: (act: string) => void }) {
  const t = useWords('cases')
  const can = (act: string) => found.may.includes(act) && (act in actForms || act === 'changed')
  // Where no time is agreed on yet, it is offered with what is missing.
  const rest = more.filter((act) => can(act) && (act !== 'appointed' || found.appointed !== null))
  return (
    <>
      {atHand.filter(can).map((act) => (
        <Button key={act} onClick={() => start(act)}>
          {t(`act.${act}`)}
        </Button>
      ))}
      {rest.length > 0 && (
        <MenuButton items={rest.map((act) => ({ key: act, label: t(`act.${act}`) }))} onChoose={(act: string) => start(act)}>
          {t('action.more')}
        </MenuButton>
      )}
    </>
  )
}

function RecordFacts({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const department = useDepartmentName()
  const chosen = useChoiceWords()
  const { record } = found
  const facts: Facts = [
    [t(found.kind === 'complaint' ? 'field.description' : 'field.details'), record.description],
    [
      t('field.demandKind'),
      record.demand &&
        [
          t(`remedy.${record.demand.kind}`),
          record.demand.amountMinor !== null && format.money(record.demand.amountMinor),
          record.demand.text,
        ]
          .filter(Boolean)
          .join(' · '),
    ],
    [t('field.product'), record.productCode && (found.productName ? `${found.productName} · ${record.productCode}` : record.productCode)],
    [
      t('field.targetKind'),
      record.target &&
        [t(`target.${record.target.kind}`), record.target.name, people.nameOf(record.target.userId), department(record.target.departmentId)]
          .filter(Boolean)
          .join(' · '),
    ],
    [
      t('field.complainant'),
      record.complainant && [record.complainant.name, record.complainant.contact, record.complainant.authority].filter(Boolean).join(' · '),
    ],
    [t('field.dissatisfaction'), record.dissatisfaction && t(`dissatisfaction.${record.dissatisfaction}`)],
    [t('field.mood'), record.mood && t(`mood.${record.mood}`)],
    [t('field.accessibility'), record.accessibility],
    [t('field.extra'), record.extra && t(`extra.${record.extra}`)],
    [t('field.channel'), t(`channel.${record.channel}`)],
    [t('field.language'), <AnswerLanguage key="language" found={found} />],
    [t('field.severity'), t(`severity.${record.severity}`)],
    [t('field.receivedAt'), format.instant(record.receivedAt)],
    [t('field.recorded'), `${format.instant(found.openedAt)} · ${people.nameOf(found.openedBy)}`],
    [
      t('field.owner'),
      found.ownerId && (
        <>
          {people.nameOf(found.ownerId)}
          {found.choice && <div className="muted">{chosen(found.choice).join(' ')}</div>}
        </>
      ),
    ],
    [t('field.department'), department(found.departmentId)],
    [t('field.person'), people.nameOf(found.personId)],
    [t('field.order'), record.orderId && <Link to={`/orders/${record.orderId}`}>{t('field.orderLink')}</Link>],
  ]
  return <FactList of={facts} className="facts case-facts" />
}
