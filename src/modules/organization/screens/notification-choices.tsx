import { Alert } from 'antd'
import { type Field, Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { minutesOf, timeOf } from '#ui/time-of-day.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { modulesThatSpeak, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type MailWay, mailWays } from '../domain/notification.ts'

/** Kinds stand in the form as `kind <name>`; times are written as `08:00`. */
type Values = Readonly<Record<string, string | boolean | null | undefined>>

export function NotificationChoices() {
  const t = useWords('organization', ...modulesThatSpeak)
  const ui = useWords('ui')
  const format = useFormat()
  const notice = useNotice()
  const answer = useRead(api.notificationChoices, {})
  const choose = useWrite(api.chooseNotifications, { onDone: () => notice.done(ui('saved')) })
  const time = (name: string, label: string): Field<Values> => ({
    name,
    kind: 'text',
    label,
    placeholder: t('notifications.time'),
    required: true,
    check: (value) => (minutesOf(value) === null ? t('notifications.notATime') : null),
  })
  return (
    <Loaded of={answer}>
      {({ choices, kinds, mailConfigured }) => {
        if (!mailConfigured) return <Alert type="info" showIcon title={t('notifications.noMail')} />
        const nameOf = (kind: string) => {
          const [module = '', what = ''] = kind.split('.')
          return t(`${module}:notifications.kind.${what}`)
        }
        const submit = (values: Values) =>
          choose.send({
            mail: Object.fromEntries(kinds.map(({ kind }) => [kind, values[`kind ${kind}`] as MailWay])),
            quiet: values.quiet === true ? { from: minutesOf(values.quietFrom) ?? 0, to: minutesOf(values.quietTo) ?? 0 } : null,
            digestAt: minutesOf(values.digestAt) ?? 0,
          })
        return (
          <>
            <p className="muted">{t('notifications.zone', { zone: format.timeZone })}</p>
            <Form<Values>
              columns={2}
              fields={[
                ...kinds.map(
                  ({ kind }): Field<Values> => ({
                    name: `kind ${kind}`,
                    kind: 'choice',
                    required: true,
                    label: nameOf(kind),
                    options: mailWays.map((way) => ({ value: way, label: t(`notifications.way.${way}`) })),
                  }),
                ),
                time('digestAt', t('notifications.digestAt')),
                { name: 'quiet', kind: 'yes', label: t('notifications.quiet') },
                time('quietFrom', t('notifications.quietFrom')),
                time('quietTo', t('notifications.quietTo')),
              ]}
              initial={{
                ...Object.fromEntries(kinds.map(({ kind, mail }) => [`kind ${kind}`, choices.mail[kind] ?? mail])),
                digestAt: timeOf(choices.digestAt),
                quiet: choices.quiet !== null,
                quietFrom: timeOf(choices.quiet?.from ?? 20 * 60),
                quietTo: timeOf(choices.quiet?.to ?? 7 * 60),
              }}
              onSubmit={submit}
              problem={choose.problem}
              pending={choose.pending}
              submit={ui('save')}
            />
          </>
        )
      }}
    </Loaded>
  )
}
