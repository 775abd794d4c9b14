import { Button, Radio } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { nothingKnown, useFormat } from '#ui/format.ts'
import { Loading } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { hasWord, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type Channel, channels, type Stage, stages } from '../domain/interaction.ts'

type Entry = ResultOf<typeof api.timeline>['items'][number]

/** What happened with the customer, from all modules, where wanted only before, during or after a purchase (M-04). */
export function Timeline({ customerId }: { customerId: string }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const { may } = useSession()
  const [stage, setStage] = useState<Stage | 'all'>('all')
  const [logging, setLogging] = useState(false)
  const pages = usePages(api.timeline, { id: customerId, ...(stage === 'all' ? {} : { stage }) })
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
        {may('customers.write') && <Button onClick={() => setLogging(true)}>{t('timeline.log')}</Button>}
      </div>
      <Refused problem={pages.problem} again={pages.again} />
      {pages.isPending && <Loading lines={4} />}
      {!pages.isPending && pages.items.length === 0 && <p className="muted">{t('timeline.none')}</p>}
      <ol className="customer-timeline">
        {pages.items.map((entry) => (
          <TimelineEntry key={entry.id} entry={entry} />
        ))}
      </ol>
      {pages.hasMore && (
        <div>
          <Button onClick={pages.more} loading={pages.isLoadingMore}>
            {ui('table.more')}
          </Button>
        </div>
      )}
      {logging && <LogTouch customerId={customerId} close={() => setLogging(false)} />}
    </div>
  )
}

/** A module names its entries in its own texts under `timeline.<what>`; amounts end in Minor and are shown as money. */
function TimelineEntry({ entry }: { entry: Entry }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const format = useFormat()
  const [module = '', what = ''] = entry.kind.split('.')
  const { channel, direction, summary, minutes, day } = entry.values
  const values = Object.fromEntries(
    Object.entries(entry.values).map(([key, value]) => [
      key,
      key.endsWith('Minor') && typeof value === 'number' ? format.money(value) : (value ?? nothingKnown),
    ]),
  )
  const title =
    entry.kind === 'customers.interaction'
      ? `${t(`channel.${channel}`)} · ${t(`direction.${direction}`)}`
      : hasWord(module, `timeline.${what}`)
        ? ui(`${module}:timeline.${what}`, values)
        : entry.kind
  return (
    <li>
      <div>
        <b>{title}</b> {entry.stage && <span className="muted">{t(`stage.${entry.stage}`)}</span>}
      </div>
      {typeof summary === 'string' && <div>{summary}</div>}
      <small className="muted">
        {typeof day === 'string' ? format.day(day) : format.instant(entry.at)}
        {typeof minutes === 'number' && minutes > 0 && ` · ${t('timeline.minutes', { count: minutes })}`}
      </small>
    </li>
  )
}

interface Touch {
  readonly channel: Channel
  readonly direction: 'in' | 'out'
  readonly stage: Stage
  readonly summary: string
  readonly minutes?: number | null
  readonly costMinor?: number | null
}

function LogTouch({ customerId, close }: { customerId: string; close: () => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const log = useWrite(api.logInteraction, { onDone: close, alsoChanges: ['value'] })
  return (
    <Dialog title={t('timeline.log')} onClose={close}>
      <Form<Touch>
        fields={[
          { name: 'summary', kind: 'area', label: t('touch.summary'), required: true, maxLength: 2000 },
          {
            name: 'channel',
            kind: 'choice',
            label: t('touch.channel'),
            required: true,
            options: channels.map((value) => ({ value, label: t(`channel.${value}`) })),
          },
          {
            name: 'direction',
            kind: 'choice',
            label: t('touch.direction'),
            required: true,
            options: (['in', 'out'] as const).map((value) => ({ value, label: t(`direction.${value}`) })),
          },
          {
            name: 'stage',
            kind: 'choice',
            label: t('timeline.stage'),
            required: true,
            options: stages.map((value) => ({ value, label: t(`stage.${value}`) })),
          },
          { name: 'minutes', kind: 'number', label: t('touch.minutes'), min: 0, max: 10_000 },
          { name: 'costMinor', kind: 'money', label: t('touch.cost'), help: t('touch.costHelp'), min: 0 },
        ]}
        initial={{ channel: 'call', direction: 'out', stage: 'before', minutes: null, costMinor: null }}
        onSubmit={({ minutes, costMinor, ...touch }) =>
          log.send({ id: customerId, ...touch, minutes: minutes ?? 0, costMinor: costMinor ?? null })
        }
        problem={log.problem}
        pending={log.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
