import { Button } from 'antd'
import { Link } from 'react-router'
import { Dialog } from '#ui/dialog.tsx'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { Slot } from '#ui/slot.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import type { UserView } from './users-page.tsx'

/** Asks before somebody is kept from signing in, and says what they would leave behind. */
export function Disable({ user, close }: { user: UserView; close: () => void }) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const { may } = useSession()
  const access = useWrite(api.changeUserAccess, { onDone: close })
  return (
    <Dialog title={`${t('users.disable')}: ${user.name}`} onClose={close}>
      <p>{t('users.disableAsk', { name: user.name })}</p>
      <Slot name="holdings" give={{ userId: user.id }} bare />
      {may('customers.hand-over') && (
        <p>
          <Link to={`/departures?of=${user.id}`}>{t('users.handOverFirst')}</Link>
        </p>
      )}
      <Refused problem={access.problem} />
      <div className="form-actions">
        <Button
          type="primary"
          danger
          loading={access.pending}
          onClick={() => void access.send({ userId: user.id, enabled: false }).catch(() => {})}
        >
          {t('users.disable')}
        </Button>
        <Button onClick={close}>{ui('cancel')}</Button>
      </div>
    </Dialog>
  )
}
