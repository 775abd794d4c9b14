import { Button, Popconfirm, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { download, type ResultOf } from '#ui/client.ts'
import { nothingKnown, useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { hasWord, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { everything } from '../domain/consent.ts'
import { touchKind } from '../domain/timeline.ts'
import { useNamed } from './named.ts'
import { TouchForm, type TouchView } from './touch-form.tsx'

type Entry = ResultOf<typeof api.timeline>['items'][number]

export function TimelineEntry({ entry, customerId }: { entry: Entry; customerId: string }) {
  const t = useWords('customers')
  const format = useFormat()
  const owners = usePeople()
  const { user } = useSession()
  const [open, setOpen] = useState(false)
  const { summary, minutes, day, opinion, nextStep, nextStepOn, withdrawn, corrected, link } = entry.values
  const title = useTitle(entry)
  const isTouch = entry.kind === touchKind
  return (
    <li>
      <div>
        <b>{typeof link === 'string' ? <Link to={link}>{title}</Link> : title}</b>{' '}
        {entry.stage && <span className="muted">{t(`stage.${entry.stage}`)}</span>}
        {withdrawn === true && <Tag>{t('touch.withdrawn')}</Tag>}
        {corrected === true && <Tag>{t('touch.corrected')}</Tag>}
      </div>
      {typeof summary === 'string' && <div className="customer-said">{summary}</div>}
      {typeof opinion === 'string' && <div className="muted">{t('touch.thinks', { opinion })}</div>}
      {typeof nextStep === 'string' && (
        <div className="muted">
          {t('touch.next', { step: nextStep, day: typeof nextStepOn === 'string' ? format.day(nextStepOn) : '' })}
        </div>
      )}
      <small className="muted">
        {typeof day === 'string' ? format.day(day) : format.instant(entry.at)}
        {entry.by !== null && ` · ${owners.nameOf(entry.by)}`}
        {typeof minutes === 'number' && minutes > 0 && ` · ${t('timeline.minutes', { count: minutes })}`}
      </small>
      {isTouch && (
        <Button type="link" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('touch.more')}
        </Button>
      )}
      {open && <TouchDetails customerId={customerId} id={entry.id} mine={entry.by === user.id} />}
    </li>
  )
}

/** What an entry is called. A module names its own in its texts under `timeline.<what>`; amounts end in Minor and are shown as money. */
function useTitle({ kind, values }: Entry): string {
  const [module = '', what = ''] = kind.split('.')
  const t = useWords('customers')
  const ui = useWords('ui', module)
  const format = useFormat()
  const decided = useDecided({ kind, values })
  if (kind === touchKind) return `${t(`channel.${values.channel}`)} · ${t(`direction.${values.direction}`)}`
  // A text that counts has forms for one and for many.
  if (!hasWord(module, `timeline.${what}`) && !hasWord(module, `timeline.${what}_other`)) return kind
  const shown = ([key, value]: readonly [string, Entry['values'][string]]) =>
    [key, key.endsWith('Minor') && typeof value === 'number' ? format.money(value) : (value ?? nothingKnown)] as const
  return ui(`${module}:timeline.${what}`, { ...Object.fromEntries(Object.entries(values).map(shown)), ...decided })
}

/** The archive's own entries tell of people, purposes and channels by what only it can name. */
function useDecided({ kind, values }: Pick<Entry, 'kind' | 'values'>): Readonly<Record<string, string>> {
  const t = useWords('customers')
  const owners = usePeople()
  const named = useNamed()
  const isConsent = kind === 'customers.consented' || kind === 'customers.refused'
  const purposes = useRead(api.contactPurposes, {}, { enabled: isConsent })
  if (kind === 'customers.owner') {
    const who = (id: unknown) => (typeof id === 'string' ? owners.nameOf(id) : t('timeline.nobody'))
    return { from: who(values.from), to: who(values.to) }
  }
  if (!isConsent) return {}
  const { purpose, channel } = values
  const found = purposes.data?.purposes.find(({ key }) => key === purpose)
  return {
    purpose: purpose === everything ? t('consent.everything') : found ? named(found.names) : String(purpose),
    channel: channel === everything ? t('consent.anyChannel') : t(`consent.channel.${channel}`),
  }
}

/** Opens a file; one's own can be taken back, such as one that belongs to somebody else. */
function Attachment({ customerId, file, mine }: { customerId: string; file: TouchView['attachments'][number]; mine: boolean }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const format = useFormat()
  const notice = useNotice()
  const remove = useWrite(api.removeAttachment)
  const { fileId, name, bytes } = file
  return (
    <div className="row">
      <Button type="link" size="small" onClick={() => void download(api.attachment, { id: customerId, fileId }).catch(notice.refused)}>
        {`${name} (${format.bytes(bytes)})`}
      </Button>
      {mine && (
        <Popconfirm
          title={t('touch.takeBackAsk')}
          okText={ui('delete')}
          cancelText={ui('cancel')}
          onConfirm={() => remove.send({ id: customerId, fileId }).catch(notice.refused)}
        >
          <Button size="small" type="text" aria-label={t('touch.takeBack', { name })}>
            ×
          </Button>
        </Popconfirm>
      )}
    </div>
  )
}

/** Needs, files, colleagues and what it said before; one's own can be corrected or withdrawn. */
function TouchDetails({ customerId, id, mine }: { customerId: string; id: string; mine: boolean }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const format = useFormat()
  const owners = usePeople()
  const notice = useNotice()
  const { may } = useSession()
  const [correcting, setCorrecting] = useState(false)
  const found = useRead(api.interaction, { id: customerId, interactionId: id })
  const withdraw = useWrite(api.withdrawInteraction, { alsoChanges: ['value', 'commitments'] })
  return (
    <Loaded of={found} lines={2}>
      {({ interaction, before }) => (
        <div className="customer-details">
          {interaction.needs.map((need) => (
            <Tag key={need.id} color="blue">
              {need.text}
            </Tag>
          ))}
          {interaction.mentions.map((userId) => (
            <Tag key={userId}>@{owners.nameOf(userId)}</Tag>
          ))}
          {interaction.withdrawnAt === null &&
            interaction.attachments.map((file) => (
              <Attachment key={file.fileId} customerId={customerId} file={file} mine={mine && may('customers.write')} />
            ))}
          {before.map((one) => (
            <div key={one.version} className="muted">
              {t('touch.before', { at: format.instant(one.changedAt), text: one.content.summary })}
            </div>
          ))}
          {mine && interaction.withdrawnAt === null && may('customers.write') && (
            <div className="row">
              <Button size="small" onClick={() => setCorrecting(true)}>
                {t('touch.correct')}
              </Button>
              <Popconfirm
                title={t('touch.withdrawAsk')}
                okText={t('touch.withdraw')}
                cancelText={ui('cancel')}
                onConfirm={() => withdraw.send({ id: customerId, interactionId: id, version: interaction.version }).catch(notice.refused)}
              >
                <Button size="small" danger>
                  {t('touch.withdraw')}
                </Button>
              </Popconfirm>
            </div>
          )}
          {correcting && <TouchForm customerId={customerId} before={interaction} close={() => setCorrecting(false)} />}
        </div>
      )}
    </Loaded>
  )
}
