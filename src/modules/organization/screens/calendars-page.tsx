import { PlusOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { NumberInput } from '#ui/inputs.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { workingClock } from '../domain/calendar.ts'
import { hoursText } from '../domain/calendar-text.ts'
import { CalendarForm } from './calendar-form.tsx'
import { RemoveButton } from './remove-button.tsx'
import './organization.css'

export type Calendar = ResultOf<typeof api.calendars>['items'][number]

/** When people work; promises to customers are counted in these hours. */
export function CalendarsPage() {
  const t = useWords('organization')
  const { may } = useSession()
  const calendars = useRead(api.calendars, {})
  const [open, setOpen] = useState<string | 'new' | null>(null)
  const manages = may('organization.manage')
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>
      {t('calendars.add')}
    </Button>
  )
  return (
    <Page title={t('calendars.title')} about={t('calendars.about')} actions={manages && add}>
      <Loaded of={calendars}>
        {({ items }) => (
          <>
            {items.length === 0 && <Empty title={t('calendars.empty')}>{t('calendars.emptyText')}</Empty>}
            {items.map((calendar) => (
              <CalendarCard key={calendar.id} calendar={calendar} change={manages ? () => setOpen(calendar.id) : null} />
            ))}
            {open && (
              <CalendarForm calendar={items.find(({ id }) => id === open) ?? null} first={items.length === 0} close={() => setOpen(null)} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function CalendarCard({ calendar, change }: { calendar: Calendar; change: (() => void) | null }) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const format = useFormat()
  const remove = useWrite(api.removeCalendar)
  const { week, specialDays, timeZone } = calendar.hours
  const coming = specialDays.filter(({ day }) => day >= new Date().toISOString().slice(0, 10))
  return (
    <Section
      title={calendar.name}
      about={
        <>
          {timeZone} {calendar.standard && <Tag>{t('calendars.standard')}</Tag>}
        </>
      }
      actions={
        change && (
          <>
            <Button size="small" onClick={change} aria-label={`${t('departments.change')}: ${calendar.name}`}>
              {t('departments.change')}
            </Button>
            <RemoveButton name={calendar.name} remove={() => remove.send({ calendarId: calendar.id, version: calendar.version })} />
          </>
        )
      }
    >
      <dl className="week">
        {week.map((intervals, weekday) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is the weekday
          <div key={weekday}>
            <dt>{format.weekday(weekday)}</dt>
            <dd className={intervals.length === 0 ? 'muted' : undefined}>{hoursText(intervals) || t('calendars.closed')}</dd>
          </div>
        ))}
      </dl>
      {coming.length > 0 && (
        <p>
          {t('calendars.coming')}
          {ui('colon')}
          {coming
            .slice(0, 4)
            .map(({ day, name, intervals }) => `${format.day(day)} ${name} (${hoursText(intervals) || t('calendars.closed')})`)
            .join(ui('comma'))}
          {coming.length > 4 && ' …'}
        </p>
      )}
      <Try calendar={calendar} />
    </Section>
  )
}

/** What a promise in working hours means if it is given now. */
function Try({ calendar }: { calendar: Calendar }) {
  const t = useWords('organization')
  const format = useFormat()
  const [hours, setHours] = useState(8)
  const due = workingClock(calendar.hours).after(new Date(), hours * 3_600_000)
  return (
    <div className="try-hours">
      <span>{t('calendars.promised')}</span>
      <NumberInput
        kind="number"
        min={1}
        max={2000}
        value={hours}
        onChange={(value) => setHours(value ?? 1)}
        aria-label={t('calendars.workingHours')}
      />
      <span aria-live="polite">{due ? t('calendars.due', { at: format.instant(due) }) : t('calendars.never')}</span>
    </div>
  )
}
