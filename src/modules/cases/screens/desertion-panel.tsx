import { Button } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import './seeing.css'
import { type DesertionReason, desertionReasons } from '../domain/desertion.ts'

type Desertion = ResultOf<typeof casesApi.desertionsOfCustomer>['desertions'][number]
interface Terms {
  readonly leftOn: string
  readonly rival: string | null
  readonly reason: DesertionReason | null
  readonly note: string | null
  readonly backOn: string | null
}

/** When a customer went to somebody else, and whether they came back. */
export function DesertionPanel({ customerId }: { readonly customerId: string }) {
  const t = useWords('cases')
  const format = useFormat()
  const { may } = useSession()
  const [edited, setEdited] = useState<Desertion | 'new' | null>(null)
  const found = useRead(casesApi.desertionsOfCustomer, { customerId })
  return (
    <Loaded of={found} lines={2}>
      {({ desertions }) => (
        <>
          {desertions.length === 0 && <p className="muted">{t('desertion.stays')}</p>}
          <ul className="case-checks">
            {desertions.map((one) => (
              <li key={one.id}>
                {t('desertion.line', {
                  day: format.day(one.leftOn),
                  rival: one.rival ?? t('desertion.unknown'),
                  reason: one.reason ? t(`desertionReason.${one.reason}`) : t('desertion.unknown'),
                })}
                {one.note && ` · ${one.note}`}
                {one.backOn && ` · ${t('desertion.cameBack', { day: format.day(one.backOn) })}`}
                {may('cases.write') && (
                  <Button size="small" type="text" onClick={() => setEdited(one)}>
                    {t('problem.change')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {may('cases.write') && <Button onClick={() => setEdited('new')}>{t('desertion.new')}</Button>}
          {edited && <DesertionForm customerId={customerId} edited={edited} close={() => setEdited(null)} />}
        </>
      )}
    </Loaded>
  )
}

function DesertionForm({
  customerId,
  edited,
  close,
}: {
  readonly customerId: string
  readonly edited: Desertion | 'new'
  readonly close: () => void
}) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const note = useWrite(casesApi.noteDesertion, { onDone: close, alsoChanges: ['customers'] })
  const change = useWrite(casesApi.changeDesertion, { onDone: close, alsoChanges: ['customers'] })
  const isNew = edited === 'new'
  return (
    <Dialog title={t('desertion.new')} onClose={close}>
      <Form<Terms>
        fields={[
          { name: 'leftOn', kind: 'day', label: t('desertion.leftOn'), required: true },
          { name: 'rival', kind: 'text', label: t('desertion.rival'), maxLength: 200 },
          {
            name: 'reason',
            kind: 'choice',
            label: t('desertion.reason'),
            options: desertionReasons.map((value) => ({ value, label: t(`desertionReason.${value}`) })),
          },
          { name: 'note', kind: 'area', label: t('desertion.note'), maxLength: 2000 },
          ...(isNew ? [] : [{ name: 'backOn' as const, kind: 'day' as const, label: t('desertion.backOn') }]),
        ]}
        initial={isNew ? {} : edited}
        onSubmit={({ leftOn, rival, reason, note: said, backOn }) => {
          const terms = { leftOn, rival: rival || null, reason: reason || null, note: said || null }
          return isNew
            ? note.send({ customerId, ...terms })
            : change.send({ desertionId: edited.id, version: edited.version, ...terms, backOn: backOn || null })
        }}
        problem={note.problem ?? change.problem}
        pending={note.pending || change.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
