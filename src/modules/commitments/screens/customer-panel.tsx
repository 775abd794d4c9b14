import { IdcardOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { DayInput } from '#ui/inputs.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { useToday } from '#ui/today.ts'
import { usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import type { Channel } from '../domain/channel.ts'
import { Begun } from './begun.tsx'
import { CadenceAdvice, useCadenceLine } from './cadence-advice.tsx'
import { UnwantedForm, useApproach, useFormChoices } from './contact-forms.tsx'
import { OwedList } from './owed-list.tsx'
import './commitments.css'

/** On a customer's page: how contact stands, what is owed, and another commitment in one line. */
export function CustomerPanel({ customerId }: { customerId: string }) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const { may } = useSession()
  const [closed, setClosed] = useState(false)
  const open = usePages(commitmentsApi.ofCustomer, { customerId, limit: 20 })
  const past = usePages(commitmentsApi.ofCustomer, { customerId, closed: true, limit: 20 }, { enabled: closed })
  return (
    <div className="commitment-panel">
      <Pace customerId={customerId} />
      {may('commitments.write') && <QuickAdd customerId={customerId} />}
      <Refused problem={open.problem} again={open.again} />
      {!open.isPending && open.items.length === 0 && <p className="muted">{t('panel.nothing')}</p>}
      <OwedList label={t('panel.commitments')} items={open.items} customer={false} />
      {open.hasMore && (
        <div>
          <Button onClick={open.more} loading={open.isLoadingMore}>
            {ui('table.more')}
          </Button>
        </div>
      )}
      {closed && !past.isPending && past.items.length === 0 && <p className="muted">{t('panel.nothingClosed')}</p>}
      {closed && <OwedList label={t('panel.closed')} items={past.items} customer={false} />}
      <div className="row">
        <Button onClick={() => setClosed(!closed)}>{t(closed ? 'panel.hideClosed' : 'panel.showClosed')}</Button>
        {closed && past.hasMore && <Button onClick={past.more}>{ui('table.more')}</Button>}
        {may('commitments.write') && (
          <>
            <Link to={`/commitments/new?kind=visit&customer=${customerId}`}>
              <Button>{t('panel.visit')}</Button>
            </Link>
            <Link to={`/commitments/new?kind=appointment&customer=${customerId}`}>
              <Button>{t('panel.appointment')}</Button>
            </Link>
          </>
        )}
        <Link to={`/customers/${customerId}/card`}>
          <Button icon={<IdcardOutlined />}>{t('card.title')}</Button>
        </Link>
      </div>
    </div>
  )
}

type Reading = ResultOf<typeof commitmentsApi.cadence>

function Pace({ customerId }: { customerId: string }) {
  const reading = useRead(commitmentsApi.cadence, { customerId })
  return (
    <Loaded of={reading} lines={2}>
      {(found) => <PaceFound customerId={customerId} reading={found} />}
    </Loaded>
  )
}

function PaceFound({ customerId, reading }: { customerId: string; reading: Reading }) {
  const t = useWords('commitments')
  const format = useFormat()
  const line = useCadenceLine()
  const { may } = useSession()
  const [setting, setSetting] = useState(false)
  const { next } = reading
  return (
    <>
      <dl className="facts">
        <div>
          <dt>{t('cadence.next')}</dt>
          <dd>
            {next
              ? t('cadence.nextPlanned', { day: format.day(next.day), form: t(`channel.${next.channel}`) })
              : t('cadence.nothingPlanned')}
          </dd>
        </div>
        <div>
          <dt>{t('begun.title')}</dt>
          <dd>
            <Begun begun={reading.begun} />
          </dd>
        </div>
        <div>
          <dt>{t('cadence.title')}</dt>
          <dd>
            {reading.reachable.length === 0 ? (
              <span>{t('cadence.leaveAlone')}</span>
            ) : (
              <span className={reading.state === 'fine' ? undefined : 'owed-late'}>{line(reading)}</span>
            )}{' '}
            {may('commitments.write') && (
              <button type="button" className="pick" onClick={() => setSetting(true)}>
                {t(reading.own ? 'cadence.changeOwn' : 'cadence.setOwn')}
              </button>
            )}
          </dd>
        </div>
      </dl>
      {setting && <OwnCadence customerId={customerId} reading={reading} close={() => setSetting(false)} />}
    </>
  )
}

function OwnCadence({ customerId, reading, close }: { customerId: string; reading: Reading; close: () => void }) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const set = useWrite(commitmentsApi.setCadence, { onDone: close })
  const remove = useWrite(commitmentsApi.removeCadence, { onDone: close })
  const before = reading.own ? reading.cadence : null
  const number = (name: 'minimum' | 'maximum' | 'days', max: number) =>
    ({ name, kind: 'number', label: t(`cadence.${name}`), required: true, min: name === 'minimum' ? 0 : 1, max }) as const
  return (
    <Dialog title={t('cadence.own')} onClose={close}>
      <p className="muted">{t('cadence.ownAbout')}</p>
      <Form<Reading['cadence']>
        fields={[number('minimum', 60), number('maximum', 60), number('days', 365)]}
        initial={reading.cadence}
        onSubmit={(cadence) => set.send({ customerId, before, cadence })}
        problem={set.problem ?? remove.problem}
        pending={set.pending}
        submit={ui('save')}
        cancel={close}
      >
        {before && (
          <p>
            <Button loading={remove.pending} onClick={() => void remove.send({ customerId, before }).catch(() => {})}>
              {t('cadence.asTier')}
            </Button>
          </p>
        )}
      </Form>
    </Dialog>
  )
}

/** A title, a day, Enter. */
function QuickAdd({ customerId }: { customerId: string }) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const notice = useNotice()
  const today = useToday()
  const [title, setTitle] = useState('')
  const [kind, setKind] = useState<'task' | 'promise'>('task')
  const [channel, setChannel] = useState<Channel | null>(null)
  const [dueDay, setDueDay] = useState<string | null>(today)
  const approach = useApproach(customerId)
  const forms = useFormChoices(approach, channel)
  const create = useWrite(commitmentsApi.create, { onDone: () => setTitle(''), alsoChanges: ['customers'] })
  return (
    <>
      <form
        className="commitment-quick"
        onSubmit={(event) => {
          event.preventDefault()
          if (title.trim() !== '') void create.send({ kind, title, customerId, dueDay, channel }).catch(notice.refused)
        }}
      >
        <Select<'task' | 'promise'>
          aria-label={t('form.what')}
          value={kind}
          onChange={setKind}
          options={(['task', 'promise'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <Input
          className="commitment-quick-title"
          aria-label={t('field.title')}
          placeholder={t('panel.quick')}
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <Select<string>
          aria-label={t('field.channel')}
          placeholder={t('panel.noContact')}
          allowClear
          value={channel}
          onChange={(to) => setChannel((to as Channel | undefined) ?? null)}
          options={forms}
        />
        <DayInput aria-label={t('field.dueDay')} value={dueDay} onChange={setDueDay} />
        <Button htmlType="submit" loading={create.pending} disabled={title.trim() === ''}>
          {ui('add')}
        </Button>
      </form>
      <UnwantedForm approach={approach} form={channel} />
      {channel && dueDay && <CadenceAdvice customerId={customerId} day={dueDay} channel={channel} />}
    </>
  )
}
