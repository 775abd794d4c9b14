import { CheckOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import type { KeyboardEvent } from 'react'
import { Link } from 'react-router'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { Slot } from '#ui/slot.tsx'
import { useToday } from '#ui/today.ts'
import { useWords } from '#ui/words.ts'
import { daysBetween } from '../domain/recurrence.ts'
import { type Quick, useQuickActions } from './quick-actions.tsx'
import { type Commitment, useTitle, useWhen } from './shown.ts'
import './commitments.css'

/** Commitments as a list that is worked through: on the title ↑ and ↓ walk, and a letter does what the buttons do. */
export function OwedList({
  label,
  items,
  customer = true,
  hint = false,
}: {
  readonly label: string
  readonly items: readonly Commitment[]
  /** Left out where the page is about that customer. */
  readonly customer?: boolean
  readonly hint?: boolean
}) {
  const t = useWords('commitments')
  const { start, dialog } = useQuickActions()
  return (
    <>
      <ul className="owed" aria-label={label}>
        {items.map((one) => (
          <Owed key={one.id} commitment={one} customer={customer} start={start} />
        ))}
      </ul>
      {hint && items.length > 0 && <p className="muted owed-hint">{t('myDay.hint')}</p>}
      {dialog}
    </>
  )
}

const letters: Readonly<Record<string, Quick>> = { d: 'done', p: 'postpone', h: 'hand-over' }

interface OwedProps {
  readonly commitment: Commitment
  readonly customer: boolean
  readonly start: (what: Quick, commitment: Commitment) => void
}

function Owed({ commitment, customer, start }: OwedProps) {
  const t = useWords('commitments')
  const title = useTitle()
  const when = useWhen()
  const people = usePeople()
  const { may, user } = useSession()
  const theirs = commitment.ownerId === user.id || commitment.requestedBy === user.id || commitment.ours.includes(user.id)
  const writes = may('commitments.write') && (theirs || may('commitments.manage')) && commitment.state === 'open'
  const onKeyDown = (event: KeyboardEvent<HTMLAnchorElement>) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') return walk(event)
    const what = letters[event.key.toLowerCase()]
    if (!what || !writes || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    start(what, commitment)
  }
  return (
    <li className={commitment.state === 'open' ? 'owed-row' : 'owed-row owed-closed'}>
      <div className="owed-what">
        <Link to={`/commitments/${commitment.id}`} className="owed-link" onKeyDown={onKeyDown}>
          {title(commitment)}
        </Link>{' '}
        <Tag>{t(`kind.${commitment.kind}`)}</Tag>
        <div className="muted owed-about">
          <span>{when(commitment)}</span>
          <Late commitment={commitment} />
          {commitment.state !== 'open' && <span>{t(`state.${commitment.state}`)}</span>}
          {customer && commitment.customer && <Link to={`/customers/${commitment.customer.id}`}>{commitment.customer.name}</Link>}
          <Slot name="commitments.origin" give={{ origin: commitment.origin }} bare />
          {commitment.ownerId !== user.id && <span>{t('owedBy', { name: people.nameOf(commitment.ownerId) })}</span>}
          {commitment.requestedBy !== user.id && commitment.requestedBy !== commitment.ownerId && (
            <span>{t('askedBy', { name: people.nameOf(commitment.requestedBy) })}</span>
          )}
        </div>
      </div>
      {writes && (
        <div className="owed-do">
          <Button
            size="small"
            icon={<CheckOutlined />}
            aria-label={`${t('action.done')}: ${title(commitment)}`}
            onClick={() => start('done', commitment)}
          >
            {t('action.done')}
          </Button>
          <Button size="small" aria-label={`${t('action.postpone')}: ${title(commitment)}`} onClick={() => start('postpone', commitment)}>
            {t('action.postpone')}
          </Button>
          <Button size="small" aria-label={`${t('action.handOver')}: ${title(commitment)}`} onClick={() => start('hand-over', commitment)}>
            {t('action.handOver')}
          </Button>
        </div>
      )}
    </li>
  )
}

/** How late it is, where it is. */
export function Late({ commitment }: { commitment: Commitment }) {
  const t = useWords('commitments')
  const today = useToday()
  if (!commitment.overdue || commitment.dueDay === null) return null
  const days = daysBetween(commitment.dueDay, today)
  return <span className="owed-late">{days > 0 ? t('overdueDays', { count: days }) : t('overdue')}</span>
}

/** ↑ and ↓ from one title to the next. */
function walk(event: KeyboardEvent<HTMLAnchorElement>): void {
  const row = event.currentTarget.closest('li')
  const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling
  const link = next?.querySelector<HTMLElement>('.owed-link')
  if (!link) return
  event.preventDefault()
  link.focus()
}
