import { CalendarOutlined } from '@ant-design/icons'
import { App, Button, Tag } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { download, Problem, type ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSentence } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { Slot } from '#ui/slot.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { Checklist } from './checklist.tsx'
import { History } from './history.tsx'
import { Late } from './owed-list.tsx'
import { useQuickActions } from './quick-actions.tsx'
import { isTaken, useTitle, useWhen } from './shown.ts'
import './commitments.css'

export type Detail = ResultOf<typeof commitmentsApi.one>

export function CommitmentPage() {
  const { id = '' } = useParams()
  const found = useRead(commitmentsApi.one, { id }, { keepPrevious: false })
  return <Loaded of={found}>{(commitment) => <Found commitment={commitment} />}</Loaded>
}

function Found({ commitment }: { commitment: Detail }) {
  const t = useWords('commitments')
  const title = useTitle()
  const when = useWhen()
  const open = commitment.state === 'open'
  const [unsaved, setUnsaved] = useState(false)
  return (
    <Page
      title={title(commitment)}
      width="reading"
      about={
        <span className="row">
          <Tag>{t(`kind.${commitment.kind}`)}</Tag>
          <span>{when(commitment)}</span>
          <Late commitment={commitment} />
          {!open && <Tag>{t(`state.${commitment.state}`)}</Tag>}
          <Slot name="commitments.origin" give={{ origin: commitment.origin }} bare />
        </span>
      }
      actions={<Actions commitment={commitment} unsaved={unsaved} />}
    >
      <Section title={t('detail.title')}>
        <Facts commitment={commitment} />
      </Section>
      {(commitment.kind === 'visit' || commitment.steps.length > 0) && (
        <Checklist key={commitment.id} commitment={commitment} onUnsaved={setUnsaved} />
      )}
      <Section title={t('history.title')}>
        <History events={commitment.events} />
      </Section>
    </Page>
  )
}

/** What was noted in the checklist is saved before the visit is closed, or it would be lost. */
function Actions({ commitment, unsaved }: { commitment: Detail; unsaved: boolean }) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const notice = useNotice()
  const { may } = useSession()
  const { start, dialog } = useQuickActions()
  const reopen = useWrite(commitmentsApi.reopen)
  const { id, version, state, startsAt, mayChange } = commitment
  const { modal } = App.useApp()
  const sentence = useSentence()
  const openAgain = (evenSo = false) =>
    void reopen.send({ id, version, ...(evenSo ? { evenSo } : {}) }).catch((problem: unknown) => {
      if (!(problem instanceof Problem && isTaken(problem))) return notice.refused(problem)
      void modal.confirm({
        title: sentence(problem),
        okText: t('form.evenSo'),
        cancelText: ui('cancel'),
        onOk: () => openAgain(true),
      })
    })
  const writes = mayChange && may('commitments.write')
  return (
    <>
      {writes && state === 'open' && (
        <>
          <Button
            type="primary"
            disabled={unsaved}
            {...(unsaved ? { title: t('checklist.saveFirst') } : {})}
            onClick={() => start('done', commitment)}
          >
            {t('action.done')}
          </Button>
          <Button onClick={() => start('postpone', commitment)}>{t('action.postpone')}</Button>
          <Button onClick={() => start('hand-over', commitment)}>{t('action.handOver')}</Button>
          <Link to={`/commitments/${id}/edit`}>
            <Button>{ui('edit')}</Button>
          </Link>
          <Button danger onClick={() => start('cancel', commitment)}>
            {t('action.cancel')}
          </Button>
        </>
      )}
      {writes && state !== 'open' && (
        <Button loading={reopen.pending} onClick={() => openAgain()}>
          {t('action.reopen')}
        </Button>
      )}
      {startsAt && (
        <Button icon={<CalendarOutlined />} onClick={() => void download(commitmentsApi.file, { id }).catch(notice.refused)}>
          {t('action.calendarFile')}
        </Button>
      )}
      {dialog}
    </>
  )
}

function Facts({ commitment }: { commitment: Detail }) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const format = useFormat()
  const people = usePeople()
  const { customer, purpose, channel, place, plan, theirs, ours, repeat, note, outcome, closedAt, closedBy } = commitment
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [t('field.customer'), customer && <Link to={`/customers/${customer.id}`}>{customer.name}</Link>],
    [t('field.purpose'), purpose],
    [t('field.owner'), people.nameOf(commitment.ownerId)],
    [t('field.requestedBy'), people.nameOf(commitment.requestedBy)],
    [t('field.channel'), channel && t(`channel.${channel}`)],
    [t('field.place'), place],
    [t('field.ours'), ours.length > 0 && ours.map((id) => people.nameOf(id)).join(ui('comma'))],
    [t('field.theirs'), theirs.join(ui('comma'))],
    [t('field.plan'), plan],
    [t('field.repeatUnit'), repeat && t(`repeatsEvery.${repeat.unit}`, { count: repeat.every })],
    [t('field.note'), note],
    [t(commitment.kind === 'visit' ? 'field.findings' : 'field.outcome'), outcome],
    [t('field.closed'), closedAt && t('history.by', { at: format.instant(closedAt), name: people.nameOf(closedBy) })],
  ]
  return (
    <dl className="facts">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="commitment-text">{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
