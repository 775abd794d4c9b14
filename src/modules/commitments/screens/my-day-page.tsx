import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { Slot } from '#ui/slot.tsx'
import { useToday } from '#ui/today.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { OwedList } from './owed-list.tsx'

/** Where everybody's work begins: what they owe today and overdue, what takes place, and what others owe to them. */
export function MyDayPage() {
  const t = useWords('commitments')
  const format = useFormat()
  const today = useToday()
  const { may } = useSession()
  const day = useRead(commitmentsApi.myDay, {}, { every: 60_000 })
  return (
    <Page
      title={t('nav.myDay')}
      about={format.day(today)}
      actions={
        may('commitments.write') && (
          <Link to="/commitments/new">
            <Button type="primary" icon={<PlusOutlined />}>
              {t('form.new')}
            </Button>
          </Link>
        )
      }
    >
      <Loaded of={day}>{(found) => <Day day={found} />}</Loaded>
      <Slot name="my-day" give={{}} />
    </Page>
  )
}

function Day({ day }: { day: ResultOf<typeof commitmentsApi.myDay> }) {
  const t = useWords('commitments')
  const more = (list: (typeof day.more)[number]) => day.more.includes(list) && <p className="muted">{t('myDay.more')}</p>
  return (
    <>
      <Section title={t('myDay.owed')}>
        {day.owed.length === 0 ? (
          <Empty title={t('myDay.nothingOwed')}>{t('myDay.nothingOwedHelp')}</Empty>
        ) : (
          <OwedList label={t('myDay.owed')} items={day.owed} hint />
        )}
        {more('owed')}
      </Section>
      <Section title={t('myDay.next')} actions={<Link to="/calendar">{t('nav.calendar')}</Link>}>
        {day.next.length === 0 ? <p className="muted">{t('myDay.nothingNext')}</p> : <OwedList label={t('myDay.next')} items={day.next} />}
        {more('next')}
      </Section>
      <Section title={t('myDay.owedToMe')} about={t('myDay.owedToMeAbout')}>
        {day.owedToMe.length === 0 ? (
          <p className="muted">{t('myDay.nobodyOwes')}</p>
        ) : (
          <OwedList label={t('myDay.owedToMe')} items={day.owedToMe} />
        )}
        {more('owedToMe')}
      </Section>
      {day.someDay.length > 0 && (
        <Section title={t('myDay.someDay')}>
          <OwedList label={t('myDay.someDay')} items={day.someDay} />
          {more('someDay')}
        </Section>
      )}
    </>
  )
}
