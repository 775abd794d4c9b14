import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loading, Page, Section } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { NotificationChoices } from './notification-choices.tsx'
import './organization.css'

type Notification = ResultOf<typeof api.notifications>['items'][number]

/** What somebody should know of, and how they hear of it. */
export function NotificationsPage() {
  const t = useWords('organization')
  const ui = useWords('ui')
  const [unread, setUnread] = useState(false)
  const pages = usePages(api.notifications, { limit: 50, unread })
  const read = useWrite(api.readNotifications)
  const open = pages.items.some(({ readAt }) => readAt === null)
  return (
    <Page
      title={t('notifications.title')}
      about={t('notifications.about')}
      width="reading"
      actions={
        <>
          <Checkbox checked={unread} onChange={(event) => setUnread(event.target.checked)}>
            {t('notifications.onlyUnread')}
          </Checkbox>
          <Button disabled={!open} loading={read.pending} onClick={() => void read.send({ ids: null }).catch(() => {})}>
            {t('notifications.readAll')}
          </Button>
        </>
      }
    >
      <Refused problem={pages.problem} again={pages.again} />
      {pages.isPending && <Loading />}
      {!pages.isPending && pages.items.length === 0 && <Empty title={t('notifications.empty')}>{t('notifications.emptyText')}</Empty>}
      <ul className="news">
        {pages.items.map((one) => (
          <News key={one.id} news={one} read={() => void read.send({ ids: [one.id] }).catch(() => {})} />
        ))}
      </ul>
      {pages.hasMore && (
        <Button onClick={pages.more} loading={pages.isLoadingMore}>
          {ui('table.more')}
        </Button>
      )}
      <Section title={t('notifications.choices')}>
        <NotificationChoices />
      </Section>
    </Page>
  )
}

function News({ news: { kind, values, link, createdAt, readAt }, read }: { news: Notification; read: () => void }) {
  const format = useFormat()
  const [module = '', what = ''] = kind.split('.')
  const t = useWords('organization', module)
  const words = t(`${module}:notification.${what}`, values)
  const opened = () => readAt === null && read()
  return (
    <li className={readAt === null ? 'unread' : undefined}>
      {link ? (
        <Link to={link} onClick={opened}>
          {words}
        </Link>
      ) : (
        <button type="button" className="plain" onClick={opened}>
          {words}
        </button>
      )}
      <div className="muted">{format.ago(createdAt)}</div>
    </li>
  )
}
