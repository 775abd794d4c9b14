import { Button } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useToday } from '#ui/today.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'

type Absence = ResultOf<typeof api.absences>['items'][number]

/** When somebody is away and who stands in for them: one's own, or everybody's for whoever writes about the staff. */
export function Absences({ everybody = false }: { readonly everybody?: boolean }) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const format = useFormat()
  const people = usePeople()
  const notice = useNotice()
  const confirm = useConfirm()
  const { user } = useSession()
  const found = useRead(api.absences, {})
  const end = useWrite(api.endAbsence, { onDone: () => notice.done(ui('saved')) })
  const [adding, setAdding] = useState(false)
  const named = (one: Absence) => people.nameOf(one.userId)
  return (
    <Section
      title={t(everybody ? 'absence.all' : 'absence.own')}
      about={t('absence.about')}
      actions={<Button onClick={() => setAdding(true)}>{t('absence.add')}</Button>}
    >
      <Loaded of={found} lines={2}>
        {({ items }) => {
          const shown = everybody ? items : items.filter(({ userId }) => userId === user.id)
          if (shown.length === 0) return <p className="muted">{t(everybody ? 'absence.noneOfAll' : 'absence.none')}</p>
          return (
            <ul className="plain-list">
              {shown.map((one) => (
                <li key={one.id} className="row">
                  {everybody && <b>{named(one)}</b>}
                  <span>{t('absence.days', { from: format.day(one.fromDay), until: format.day(one.untilDay) })}</span>
                  <span className="muted">
                    {one.deputyId ? t('absence.standsIn', { name: people.nameOf(one.deputyId) }) : t('absence.nobody')}
                  </span>
                  <Button
                    size="small"
                    type="text"
                    onClick={() =>
                      confirm({ title: t('absence.endAsk', { name: named(one) }), verb: t('absence.end'), harmless: true }, () =>
                        end.send({ absenceId: one.id, version: one.version }),
                      )
                    }
                  >
                    {t('absence.end')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }}
      </Loaded>
      {adding && <AbsenceForm everybody={everybody} close={() => setAdding(false)} />}
    </Section>
  )
}

interface Typed {
  readonly userId: string
  readonly fromDay: string
  readonly untilDay: string
  readonly deputyId: string | null
}

function AbsenceForm({ everybody, close }: { readonly everybody: boolean; readonly close: () => void }) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const notice = useNotice()
  const today = useToday()
  const { user } = useSession()
  const add = useWrite(api.noteAbsence, {
    onDone: () => {
      notice.done(ui('saved'))
      close()
    },
  })
  const who: readonly Field<Typed>[] = everybody ? [{ name: 'userId', kind: 'people', label: t('absence.who'), required: true }] : []
  return (
    <Dialog title={t('absence.add')} onClose={close}>
      <Form<Typed>
        fields={[
          ...who,
          { name: 'fromDay', kind: 'day', label: t('absence.from'), required: true },
          { name: 'untilDay', kind: 'day', label: t('absence.until'), required: true, min: today },
          { name: 'deputyId', kind: 'people', label: t('absence.deputy'), help: t('absence.deputyHelp') },
        ]}
        initial={{ userId: user.id, fromDay: today }}
        onSubmit={(typed) =>
          add.send({ userId: typed.userId ?? user.id, fromDay: typed.fromDay, untilDay: typed.untilDay, deputyId: typed.deputyId ?? null })
        }
        problem={add.problem}
        pending={add.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
