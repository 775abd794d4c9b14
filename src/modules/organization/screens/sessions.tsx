import { Button, Tag } from 'antd'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Section } from '#ui/page.tsx'
import { Slot } from '#ui/slot.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { IdentitiesOf } from './identities.tsx'
import './organization.css'

type Session = ResultOf<typeof api.ownSessions>['items'][number]

/** Where one is signed in, on the profile. */
export function OwnSessions() {
  const t = useWords('organization')
  const notice = useNotice()
  const sessions = useRead(api.ownSessions, {})
  const end = useWrite(api.endOwnSession)
  const endOthers = useWrite(api.endOtherSessions, { onDone: () => notice.done(t('sessions.ended')) })
  const others = sessions.data?.items.some(({ current }) => !current) ?? false
  return (
    <Section
      title={t('sessions.title')}
      about={t('sessions.about')}
      actions={
        others && (
          <Button onClick={() => void endOthers.send({}).catch(notice.refused)} loading={endOthers.pending}>
            {t('sessions.endOthers')}
          </Button>
        )
      }
    >
      <Loaded of={sessions} lines={3}>
        {({ items }) => <SessionList items={items} onEnd={(id) => void end.send({ sessionId: id }).catch(notice.refused)} />}
      </Loaded>
    </Section>
  )
}

/** Where somebody else is signed in, and by what else they come in, for administrators. */
export function SessionsOf({ user, close }: { user: { id: string; name: string }; close: () => void }) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const notice = useNotice()
  const sessions = useRead(api.sessionsOfUser, { userId: user.id })
  const end = useWrite(api.endSessionOfUser)
  const endAll = useWrite(api.endSessionsOfUser, {
    onDone: () => {
      notice.done(t('sessions.ended'))
      close()
    },
  })
  return (
    <Dialog
      title={t('sessions.of', { name: user.name })}
      onClose={close}
      footer={[
        <Button
          key="all"
          danger
          disabled={!sessions.data?.items.length}
          onClick={() => void endAll.send({ userId: user.id }).catch(notice.refused)}
          loading={endAll.pending}
        >
          {t('sessions.endAll')}
        </Button>,
        <Button key="close" onClick={close}>
          {ui('close')}
        </Button>,
      ]}
    >
      <Loaded of={sessions} lines={3}>
        {({ items }) => (
          <SessionList items={items} onEnd={(id) => void end.send({ userId: user.id, sessionId: id }).catch(notice.refused)} />
        )}
      </Loaded>
      <IdentitiesOf user={user} />
      <Slot name="organization.entrances" give={{ userId: user.id }} />
    </Dialog>
  )
}

function SessionList({ items, onEnd }: { items: readonly Session[]; onEnd: (id: string) => void }) {
  const t = useWords('organization')
  const format = useFormat()
  if (items.length === 0) return <p className="muted">{t('sessions.none')}</p>
  const nameOf = ({ browser, system }: Session) => [browser, system].filter(Boolean).join(' · ') || t('sessions.unknown')
  return (
    <ul className="entries">
      {items.map((session) => (
        <li key={session.id}>
          <span>
            <strong>{nameOf(session)}</strong> {session.current && <Tag>{t('sessions.current')}</Tag>}
            <br />
            <span className="muted">
              {t('sessions.used', {
                at: format.instant(session.usedAt),
                address: session.address,
                since: format.instant(session.startedAt),
              })}
            </span>
          </span>
          {!session.current && (
            <Button size="small" onClick={() => onEnd(session.id)} aria-label={t('sessions.endThis', { device: nameOf(session) })}>
              {t('sessions.end')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
