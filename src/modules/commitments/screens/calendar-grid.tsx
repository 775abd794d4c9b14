import type { KeyboardEvent } from 'react'
import { Link } from 'react-router'
import { useFormat } from '#ui/format.ts'
import { useSession } from '#ui/session.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { dayIn, timeIn } from '../domain/clock.ts'
import { type Commitment, useTitle } from './shown.ts'

interface Shown {
  readonly days: readonly string[]
  readonly items: readonly Commitment[]
  readonly today: string
}

/** Days in rows of seven. ← → ↑ ↓ on a day walk to another; entries are links in the order of the day. */
export function CalendarGrid({ days, items, today, month }: Shown & { readonly month: string | null }) {
  const t = useWords('commitments')
  const { language } = useLanguage()
  const byDay = useByDay(items)
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  const weeks = Array.from({ length: days.length / 7 }, (_, i) => days.slice(i * 7, i * 7 + 7))
  return (
    <table className={`calendar ${month === null ? 'calendar-week' : 'calendar-month'}`}>
      <caption className="hidden">{t('nav.calendar')}</caption>
      <thead>
        <tr>
          {days.slice(0, 7).map((day) => (
            <th key={day} scope="col">
              {weekday.format(new Date(`${day}T00:00:00Z`))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td key={day} className={month !== null && !day.startsWith(month) ? 'calendar-other' : undefined}>
                <DayName day={day} today={today} />
                <Entries items={byDay.get(day) ?? []} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The days on which something is, one below the other. */
export function CalendarList({ days, items, today }: Shown) {
  const t = useWords('commitments')
  const format = useFormat()
  const byDay = useByDay(items)
  const filled = days.filter((day) => byDay.has(day))
  if (filled.length === 0) return <p className="muted">{t('calendar.nothing')}</p>
  return (
    <div className="calendar-list">
      {filled.map((day) => (
        <section key={day}>
          <h3>
            {format.day(day)} {day === today && <span className="muted">{t('calendar.today')}</span>}
          </h3>
          <Entries items={byDay.get(day) ?? []} />
        </section>
      ))}
    </div>
  )
}

/** The number of the day; whoever may write adds an appointment on it. */
function DayName({ day, today }: { day: string; today: string }) {
  const t = useWords('commitments')
  const format = useFormat()
  const { may } = useSession()
  const number = String(Number(day.slice(8)))
  const className = day === today ? 'calendar-day calendar-today' : 'calendar-day'
  const current = day === today ? ({ 'aria-current': 'date' } as const) : {}
  if (!may('commitments.write'))
    return (
      <span className={className} {...current}>
        {number}
      </span>
    )
  return (
    <Link
      to={`/commitments/new?kind=appointment&day=${day}`}
      className={className}
      aria-label={t('calendar.addOn', { day: format.day(day) })}
      onKeyDown={walk}
      {...current}
    >
      {number}
    </Link>
  )
}

function Entries({ items }: { items: readonly Commitment[] }) {
  const t = useWords('commitments')
  const title = useTitle()
  const { timeZone } = useFormat()
  if (items.length === 0) return null
  return (
    <ol className="calendar-entries">
      {items.map((one) => (
        <li key={one.id} className={one.state === 'done' ? 'calendar-done' : one.overdue ? 'calendar-late' : undefined}>
          <Link to={`/commitments/${one.id}`} title={[t(`kind.${one.kind}`), title(one), one.customer?.name].filter(Boolean).join(' · ')}>
            {one.startsAt && <span className="figure">{timeIn(timeZone, one.startsAt)} </span>}
            {title(one)}
            {one.customer && <span className="calendar-customer"> · {one.customer.name}</span>}
          </Link>
        </li>
      ))}
    </ol>
  )
}

/** What lasts over midnight stands on each of its days. */
function useByDay(items: readonly Commitment[]): ReadonlyMap<string, readonly Commitment[]> {
  const { timeZone } = useFormat()
  const days = items.flatMap((one) => {
    if (!one.startsAt || !one.endsAt) return one.dueDay === null ? [] : [[one.dueDay, one] as const]
    const found = new Set<string>()
    for (let at = one.startsAt.getTime(); at < one.endsAt.getTime(); at += 43_200_000) found.add(dayIn(timeZone, new Date(at)))
    found.add(dayIn(timeZone, new Date(one.endsAt.getTime() - 1)))
    return [...found].map((day) => [day, one] as const)
  })
  return new Map([...Map.groupBy(days, ([day]) => day)].map(([day, entries]) => [day, entries.map(([, one]) => one)]))
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

function walk(event: KeyboardEvent<HTMLAnchorElement>): void {
  const by = steps[event.key]
  if (by === undefined) return
  const all = [...(event.currentTarget.closest('table')?.querySelectorAll<HTMLElement>('a.calendar-day') ?? [])]
  const next = all[all.indexOf(event.currentTarget) + by]
  if (!next) return
  event.preventDefault()
  next.focus()
}
