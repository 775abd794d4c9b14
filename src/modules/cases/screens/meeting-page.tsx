import { Button, Select, Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link, useParams } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { AttendeeDialog, ItemDialog, MeetingDialog } from './advisory-forms.tsx'
import { useStepName } from './shown.ts'
import './cases.css'
import './voice.css'

type Meeting = ResultOf<typeof casesApi.advisoryMeeting>
type Item = Meeting['items'][number]

/** A meeting: who came, what was said, and what became of it. */
export function MeetingPage() {
  const { meetingId = '' } = useParams()
  const found = useRead(casesApi.advisoryMeeting, { meetingId })
  return <Loaded of={found}>{(meeting) => <Whole meeting={meeting} />}</Loaded>
}

function Whole({ meeting }: { readonly meeting: Meeting }) {
  const t = useWords('cases')
  const format = useFormat()
  const notice = useNotice()
  const people = usePeople()
  const { may } = useSession()
  const [open, setOpen] = useState<'edit' | 'attendee' | 'item' | null>(null)
  const [item, setItem] = useState<Item | null>(null)
  const leave = useWrite(casesApi.removeAttendee)
  const close = () => {
    setOpen(null)
    setItem(null)
  }
  const customers = meeting.attendees.map(({ customer }) => customer)
  const mayWrite = may('cases.write')
  return (
    <Page
      title={meeting.title}
      about={format.instant(meeting.startsAt)}
      width="reading"
      actions={mayWrite && <Button onClick={() => setOpen('edit')}>{t('advisory.editMeeting')}</Button>}
    >
      <dl className="facts">
        {meeting.place && <Fact label={t('advisory.place')}>{meeting.place}</Fact>}
        {meeting.link && (
          <Fact label={t('advisory.link')}>
            <a href={meeting.link} target="_blank" rel="noreferrer">
              {meeting.link}
            </a>
          </Fact>
        )}
        {meeting.agenda && (
          <Fact label={t('advisory.agenda')}>
            <span className="case-text">{meeting.agenda}</span>
          </Fact>
        )}
        {meeting.staffIds.length > 0 && <Fact label={t('advisory.staff')}>{meeting.staffIds.map(people.nameOf).join(', ')}</Fact>}
      </dl>
      <p>
        <Link to={meeting.groupId ? `/cases/advisers/${meeting.groupId}` : '/cases/advisers'}>
          {t(meeting.groupId ? 'advisory.group' : 'advisory.title')}
        </Link>
      </p>
      <Section
        title={t('advisory.attendees')}
        actions={mayWrite && <Button onClick={() => setOpen('attendee')}>{t('advisory.newAttendee')}</Button>}
      >
        {meeting.attendees.length === 0 && <p className="muted">{t('advisory.noAttendees')}</p>}
        <ul className="plain-list">
          {meeting.attendees.map(({ customer, person }) => (
            <li key={customer.id} className="row">
              <Link to={`/customers/${customer.id}`}>{customer.name}</Link>
              {person && <span className="muted">{person}</span>}
              {mayWrite && (
                <Button
                  size="small"
                  type="text"
                  aria-label={t('advisory.removeNamed', { name: customer.name })}
                  onClick={() => void leave.send({ meetingId: meeting.id, customerId: customer.id }).catch(notice.refused)}
                >
                  {t('advisory.remove')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Section>
      <Section
        title={t('advisory.minutes')}
        about={t('advisory.minutesAbout')}
        actions={mayWrite && <Button onClick={() => setOpen('item')}>{t('advisory.newItem')}</Button>}
      >
        {meeting.items.length === 0 && <p className="muted">{t('advisory.noItems')}</p>}
        <ol className="voice-list">
          {meeting.items.map((one) => (
            <Minute key={one.id} of={one} attendees={customers} edit={mayWrite ? () => setItem(one) : null} />
          ))}
        </ol>
        {meeting.hidden > 0 && <p className="muted">{t('advisory.hidden', { count: meeting.hidden })}</p>}
      </Section>
      {open === 'edit' && <MeetingDialog groupId={meeting.groupId} of={meeting} close={close} />}
      {open === 'attendee' && <AttendeeDialog meetingId={meeting.id} close={close} />}
      {(open === 'item' || item) && <ItemDialog meetingId={meeting.id} attendees={customers} of={item} close={close} />}
    </Page>
  )
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

interface MinuteProps {
  readonly of: Item
  readonly attendees: readonly { readonly id: string; readonly name: string }[]
  readonly edit: (() => void) | null
}

function Minute({ of, attendees, edit }: MinuteProps) {
  const t = useWords('cases')
  const notice = useNotice()
  const confirm = useConfirm()
  const step = useStepName()
  const [by, setBy] = useState<string | null>(null)
  const suggest = useWrite(casesApi.suggestFromMinutes, {
    onDone: ({ number }) => notice.done(t('advisory.suggested', { number })),
  })
  const remove = useWrite(casesApi.removeMinutesItem)
  const { suggestion } = of
  const saidBy = of.customer?.id ?? by
  return (
    <li className="voice-item">
      <p className="voice-words">{of.text}</p>
      <div className="voice-head">
        {of.customer && <Link to={`/customers/${of.customer.id}`}>{of.customer.name}</Link>}
        {suggestion ? (
          <>
            <Link to={`/cases/${suggestion.id}`}>
              <span className="case-number">{suggestion.number}</span> {t('kind.suggestion')}
            </Link>
            <Tag>{t(`state.${suggestion.state}`)}</Tag>
            {suggestion.state === 'open' && <span className="muted">{step(suggestion.step, {})}</span>}
            {suggestion.adopted !== null && <Tag>{t(suggestion.adopted ? 'said.adopted' : 'said.declined')}</Tag>}
            {suggestion.published && <Tag>{t('publication.state.published')}</Tag>}
          </>
        ) : (
          edit && (
            <>
              {!of.customer && attendees.length > 0 && (
                <Select
                  aria-label={t('advisory.saidBy')}
                  placeholder={t('advisory.saidBy')}
                  className="case-kind-choice"
                  value={by}
                  onChange={setBy}
                  options={attendees.map(({ id, name }) => ({ value: id, label: name }))}
                />
              )}
              <Button
                type="primary"
                size="small"
                loading={suggest.pending}
                disabled={saidBy === null}
                onClick={() => void suggest.send({ itemId: of.id, ...(saidBy ? { customerId: saidBy } : {}) }).catch(notice.refused)}
              >
                {t('advisory.suggest')}
              </Button>
            </>
          )
        )}
        {edit && (
          <Button size="small" onClick={edit}>
            {t('advisory.change')}
          </Button>
        )}
        {edit && !suggestion && (
          <Button
            size="small"
            type="text"
            danger
            onClick={() =>
              confirm({ title: t('advisory.removeItemAsk'), verb: t('advisory.remove') }, () =>
                remove.send({ itemId: of.id, version: of.version }),
              )
            }
          >
            {t('advisory.remove')}
          </Button>
        )}
      </div>
    </li>
  )
}
