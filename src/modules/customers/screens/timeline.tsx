import { Button, Radio, Select, Tag } from 'antd'
import { use, useEffect, useState } from 'react'
import { Loading } from '#ui/page.tsx'
import { PeopleChoice } from '#ui/people-choice.tsx'
import { Refused } from '#ui/refused.tsx'
import { RegistryContext } from '#ui/registry.ts'
import { useSession } from '#ui/session.ts'
import { usePages, useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { channels, type Stage, stages } from '../domain/interaction.ts'
import { touchKind } from '../domain/timeline.ts'
import { TimelineEntry } from './timeline-entry.tsx'
import { TouchForm } from './touch-form.tsx'
import './customers.css'

/** The key that opens a new note wherever one is on the page. */
const logKey = 'l'

/** What happened with the customer, from all modules, where wanted of one stage, one kind, or noted by one person (M-04). */
export function Timeline({ customerId }: { customerId: string }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const { may } = useSession()
  const [stage, setStage] = useState<Stage | 'all'>('all')
  const [of, setOf] = useState<string | null>(null)
  const [by, setBy] = useState<string | null>(null)
  const [logging, setLogging] = useState(false)
  const kinds = useKinds()
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
          className="list-filter"
          allowClear={{ label: t('ui:clear') }}
          placeholder={t('timeline.kind')}
          aria-label={t('timeline.kind')}
          value={of}
          options={kinds}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(value) => setOf(value ?? null)}
        />
        <PeopleChoice
          className="list-filter"
          placeholder={t('timeline.person')}
          aria-label={t('timeline.person')}
          value={by}
          onChange={setBy}
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

/** What the timeline may be narrowed to: of each module that tells something everything or one kind, and touches by their channel. */
function useKinds() {
  const t = useWords('customers')
  const { may } = useSession()
  const registry = use(RegistryContext)
  const channelKinds = channels.map((channel) => ({ value: `${touchKind}.${channel}`, label: t(`channel.${channel}`) }))
  return registry
    .filter(({ module, timeline }) => timeline && may(`${module}.read`))
    .map(({ module, timeline = [] }) => ({
      label: t(`${module}:timelineKind.all`),
      options: timeline.flatMap(({ what, label }) => {
        const value = what === null ? module : `${module}.${what}`
        return [{ value, label: t(`${module}:${label}`) }, ...(value === touchKind ? channelKinds : [])]
      }),
    }))
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
