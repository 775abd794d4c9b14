import { BellOutlined } from '@ant-design/icons'
import { Badge } from 'antd'
import { Link } from 'react-router'
import { useRead } from '#ui/use-endpoint.ts'
import { useEvents } from '#ui/use-events.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import './organization.css'

/** How often the bell looks again where it cannot be told, in milliseconds. */
const lookAgain = 60_000

/** In the header of every page: how much is not read yet. */
export function Bell() {
  const t = useWords('organization')
  const live = useEvents(api.notificationEvents, {}, { renews: [api.unreadNotifications, api.notifications] })
  const count = useRead(api.unreadNotifications, {}, { every: live ? false : lookAgain }).data?.count ?? 0
  return (
    <Link
      to="/notifications"
      className="bell"
      aria-label={`${t('notifications.open')}: ${count > 0 ? t('notifications.unread', { count }) : t('notifications.none')}`}
    >
      {/* Two figures leave the bell in sight. */}
      <Badge count={count} size="small" overflowCount={99} offset={[3, -3]} styles={{ indicator: { paddingInline: 4 } }}>
        <BellOutlined />
      </Badge>
    </Link>
  )
}
