import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useSession } from '#ui/session.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { hoursText, readHours, readSpecialDays, specialDaysText } from '../domain/calendar-text.ts'
import type { Calendar } from './calendars-page.tsx'
import { timeZoneField } from './company-fields.ts'

/** Hours are written as text, which is quicker than any picker, and holidays can be pasted from a list. */
type Values = Readonly<Record<string, string | boolean | null | undefined>>

const weekdays = [0, 1, 2, 3, 4, 5, 6]
const usual = '09:00–12:00, 13:00–17:00'

export function CalendarForm({ calendar, first, close }: { calendar: Calendar | null; first: boolean; close: () => void }) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const format = useFormat()
  const { profile } = useSession()
  const create = useWrite(api.createCalendar, { onDone: close })
  const change = useWrite(api.changeCalendar, { onDone: close })
  const write = calendar ? change : create
  const fields: readonly Field<Values>[] = [
    { name: 'name', kind: 'text', label: t('departments.name'), required: true, maxLength: 120, autoComplete: 'off' },
    timeZoneField(t),
    ...weekdays.map(
      (weekday): Field<Values> => ({
        name: `hours${weekday}`,
        kind: 'text',
        label: format.weekday(weekday),
        placeholder: t('calendars.closed'),
        check: (value) => {
          const read = readHours(text(value))
          return typeof read === 'string' ? t(`calendars.problem.${read}`) : null
        },
      }),
    ),
    { name: 'standard', kind: 'yes', label: t('calendars.isStandard'), help: t('calendars.standardHelp') },
    {
      name: 'specialDays',
      kind: 'area',
      rows: 5,
      wide: true,
      label: t('calendars.specialDays'),
      help: t('calendars.specialDaysHelp'),
      check: (value) => {
        const read = readSpecialDays(text(value))
        return 'problem' in read ? t('calendars.lineProblem', { line: read.line, problem: t(`calendars.problem.${read.problem}`) }) : null
      },
    },
  ]
  const submit = (values: Values) => {
    const read = {
      name: text(values.name),
      standard: values.standard === true,
      hours: {
        timeZone: text(values.timeZone),
        week: weekdays.map((weekday) => checked(readHours(text(values[`hours${weekday}`])))),
        specialDays: checked(readSpecialDays(text(values.specialDays))).map((day) => ({ ...day, intervals: [...day.intervals] })),
      },
    }
    return calendar ? change.send({ calendarId: calendar.id, version: calendar.version, ...read }) : create.send(read)
  }
  const initial: Values = calendar
    ? {
        name: calendar.name,
        timeZone: calendar.hours.timeZone,
        standard: calendar.standard,
        specialDays: specialDaysText(calendar.hours.specialDays),
        ...Object.fromEntries(weekdays.map((weekday) => [`hours${weekday}`, hoursText(calendar.hours.week[weekday] ?? [])])),
      }
    : {
        timeZone: profile.timeZone,
        standard: first,
        ...Object.fromEntries(weekdays.map((weekday) => [`hours${weekday}`, weekday < 5 ? usual : ''])),
      }
  return (
    <Dialog title={calendar ? t('calendars.change') : t('calendars.add')} onClose={close} wide>
      <Form<Values>
        columns={2}
        fields={fields}
        initial={initial}
        onSubmit={submit}
        problem={write.problem}
        pending={write.pending}
        submit={calendar ? ui('save') : ui('add')}
        cancel={close}
      />
    </Dialog>
  )
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The form has checked each field before it is sent. */
function checked<T>(read: readonly T[] | string | { readonly problem: string }): T[] {
  if (!Array.isArray(read)) throw new TypeError('A calendar was sent unchecked')
  return [...read]
}
