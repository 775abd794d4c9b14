import { LeftOutlined, PlusOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { useState, useSyncExternalStore } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { PeopleChoice } from '#ui/people-choice.tsx'
import { useSession } from '#ui/session.ts'
import { useToday } from '#ui/today.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { type CalendarView, calendarViews, daysShown, moved } from '../domain/month.ts'
import { CalendarGrid, CalendarList } from './calendar-grid.tsx'
import { FeedDialog } from './feed-dialog.tsx'
import './commitments.css'

/** Week, month, or the coming days as a list; a phone shows the list. The day and the view stand in the address. */
export function CalendarPage() {
  const t = useWords('commitments')
  const today = useToday()
  const { may, user } = useSession()
  const [params, setParams] = useSearchParams()
  const [feed, setFeed] = useState(false)
  const narrow = useNarrow()
  const asked = calendarViews.find((one) => one === params.get('view')) ?? 'week'
  const view: CalendarView = narrow ? 'list' : asked
  const day = /^\d{4}-\d\d-\d\d$/.test(params.get('day') ?? '') ? (params.get('day') ?? today) : today
  const owner = params.get('owner') ?? user.id
  const go = (to: { view?: CalendarView; day?: string; owner?: string }) => setParams({ view: asked, day, owner, ...to }, { replace: true })
  const days = daysShown(view, day)
  const calendar = useRead(commitmentsApi.calendar, { owner, from: days[0]!, to: days.at(-1)! })
  return (
    <Page
      title={t('nav.calendar')}
      actions={
        <>
          <Button onClick={() => setFeed(true)}>{t('feed.open')}</Button>
          {may('commitments.write') && (
            <Link to={`/commitments/new?kind=appointment&day=${day}`}>
              <Button type="primary" icon={<PlusOutlined />}>
                {t('kind.appointment')}
              </Button>
            </Link>
          )}
        </>
      }
    >
      <Section
        title={useSpan(view, days, day)}
        actions={
          <>
            {!narrow && (
              <Segmented<CalendarView>
                aria-label={t('calendar.view')}
                value={view}
                onChange={(to) => go({ view: to })}
                options={calendarViews.map((value) => ({ value, label: t(`calendar.${value}`) }))}
              />
            )}
            <PeopleChoice
              className="calendar-owner"
              aria-label={t('calendar.whose')}
              value={owner}
              allowClear={false}
              onChange={(to) => to !== null && go({ owner: to })}
            />
            <Button icon={<LeftOutlined />} aria-label={t('calendar.back')} onClick={() => go({ day: moved(view, day, -1) })} />
            <Button onClick={() => go({ day: today })}>{t('calendar.today')}</Button>
            <Button icon={<RightOutlined />} aria-label={t('calendar.on')} onClick={() => go({ day: moved(view, day, 1) })} />
          </>
        }
      >
        <Loaded of={calendar}>
          {({ items, more }) => (
            <>
              {view === 'list' ? (
                <CalendarList days={days} items={items} today={today} />
              ) : (
                <CalendarGrid days={days} items={items} today={today} month={view === 'month' ? day.slice(0, 7) : null} />
              )}
              {more && <p className="muted">{t('calendar.more')}</p>}
            </>
          )}
        </Loaded>
      </Section>
      {feed && <FeedDialog close={() => setFeed(false)} />}
    </Page>
  )
}

/** What the days are called together: a month by its name, else from when to when. */
function useSpan(view: CalendarView, days: readonly string[], day: string): string {
  const { language } = useLanguage()
  const format = useFormat()
  return view === 'month'
    ? new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
    : `${format.day(days[0])} – ${format.day(days.at(-1))}`
}

const narrowScreen = matchMedia('(max-width: 760px)')
const useNarrow = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      narrowScreen.addEventListener('change', changed)
      return () => narrowScreen.removeEventListener('change', changed)
    },
    () => narrowScreen.matches,
  )
