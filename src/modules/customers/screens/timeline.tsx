import { Button, Popconfirm, Radio, Select, Tag } from 'antd'
import { useEffect, useState } from 'react'
import { download, type ResultOf } from '#ui/client.ts'
import { nothingKnown, useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Loading } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { hasWord, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type Stage, stages } from '../domain/interaction.ts'
import { TouchForm, type TouchView } from './touch-form.tsx'

type Entry = ResultOf<typeof api.timeline>['items'][number]
/** The key that opens a new note wherever one is on the page. */
const logKey = 'l'

/** What happened with the customer, from all modules, where wanted of one stage, one kind, or noted by one person (M-04). */
export function Timeline({ customerId }: { customerId: string }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const owners = usePeople()
  const { may } = useSession()
  const [stage, setStage] = useState<Stage | 'all'>('all')
  const [of, setOf] = useState<string | null>(null)
  const [by, setBy] = useState<string | null>(null)
  const [logging, setLogging] = useState(false)
  const writes = may('customers.write')
  useKey(logKey, writes, () => setLogging(true))
  const wish = { ...(stage === 'all' ? {} : { stage }), ...(of ? { of } : {}), ...(by ? { by } : {}) }
  const pages = usePages(api.timeline, { id: customerId, ...wish })
  return (
    <div className="customer-entries">
      <div className="customer-tools">
        <Radio.Group
          aria-label={t('timeline.stage')}
          optionType="button"
          value={stage}
          onChange={(event) => setStage(event.target.value)}
          options={(['all', ...stages] as const).map((value) => ({ value, label: t(`stage.${value}`) }))}
        />
        <Select
          className="customer-filter"
          allowClear={{ label: t('ui:clear') }}
          placeholder={t('timeline.kind')}
          aria-label={t('timeline.kind')}
          value={of}
          options={['customers', 'orders'].map((value) => ({ value, label: t(`timeline.of.${value}`) }))}
          onChange={(value) => setOf(value ?? null)}
        />
        <Select
          className="customer-filter"
          allowClear={{ label: t('ui:clear') }}
          placeholder={t('timeline.person')}
          aria-label={t('timeline.person')}
          value={by}
          showSearch={{ optionFilterProp: 'label' }}
          options={owners.choices}
          onChange={(value) => setBy(value ?? null)}
        />
        {writes && (
          <Button
            type="primary"
            onClick={() => setLogging(true)}
            aria-keyshortcuts={logKey}
            title={t('timeline.logKey', { key: logKey.toUpperCase() })}
          >
            {t('timeline.log')}
          </Button>
        )}
      </div>
      <ChannelCounts customerId={customerId} />
      <Refused problem={pages.problem} again={pages.again} />
      {pages.isPending && <Loading lines={4} />}
      {!pages.isPending && pages.items.length === 0 && <p className="muted">{t('timeline.none')}</p>}
      <ol className="customer-timeline">
        {pages.items.map((entry) => (
          <TimelineEntry key={entry.id} entry={entry} customerId={customerId} />
        ))}
      </ol>
      {pages.hasMore && (
        <div>
          <Button onClick={pages.more} loading={pages.isLoadingMore}>
            {ui('table.more')}
          </Button>
        </div>
      )}
      {logging && <TouchForm customerId={customerId} close={() => setLogging(false)} />}
    </div>
  )
}

/** Calls `act` when the key is struck outside of anything that takes text. */
function useKey(key: string, enabled: boolean, act: () => void): void {
  useEffect(() => {
    if (!enabled) return
    const struck = (event: KeyboardEvent) => {
      const at = event.target as HTMLElement
      const takesText = at.isContentEditable || at.closest('input, textarea, select, [role=combobox], [role=dialog]') !== null
      if (event.key !== key || takesText || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', struck)
    return () => document.removeEventListener('keydown', struck)
  })
}

/** How often by which channel (H-08). */
function ChannelCounts({ customerId }: { customerId: string }) {
  const t = useWords('customers')
  const counts = useRead(api.interactionCounts, { id: customerId })
  const found = counts.data?.channels ?? []
  if (found.length === 0) return null
  return (
    <div>
      {found.map(({ channel, touches }) => (
        <Tag key={channel}>{`${t(`channel.${channel}`)} ${touches}`}</Tag>
      ))}
    </div>
  )
}

/** A module names its entries in its own texts under `timeline.<what>`; amounts end in Minor and are shown as money. */
function TimelineEntry({ entry, customerId }: { entry: Entry; customerId: string }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const format = useFormat()
  const owners = usePeople()
  const { user } = useSession()
  const [open, setOpen] = useState(false)
  const [module = '', what = ''] = entry.kind.split('.')
  const { channel, direction, summary, minutes, day, opinion, nextStep, nextStepOn, withdrawn, corrected } = entry.values
  const values = Object.fromEntries(
    Object.entries(entry.values).map(([key, value]) => [
      key,
      key.endsWith('Minor') && typeof value === 'number' ? format.money(value) : (value ?? nothingKnown),
    ]),
  )
  const isTouch = entry.kind === 'customers.interaction'
  const title = isTouch
    ? `${t(`channel.${channel}`)} · ${t(`direction.${direction}`)}`
    : hasWord(module, `timeline.${what}`)
      ? ui(`${module}:timeline.${what}`, values)
      : entry.kind
  return (
    <li>
      <div>
        <b>{title}</b> {entry.stage && <span className="muted">{t(`stage.${entry.stage}`)}</span>}
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
