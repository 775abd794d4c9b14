import { useState } from 'react'
import type { InputOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { useSession } from '#ui/session.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { recordFields } from './record-fields.tsx'
import { useDepartments } from './set-up-words.ts'
import type { Detail } from './shown.ts'
import { recordOf, type TypedRecord, typedOf } from './typed-record.ts'

/** Corrects what the record says: the same form, filled in. What it said before stays in the log. */
export function CorrectDialog({ found, close }: { readonly found: Detail; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const { may } = useSession()
  const { choices: departments } = useDepartments()
  const before = typedOf(found)
  const [typed, setTyped] = useState(before)
  const write = useWrite(casesApi.changeRecord, {
    onDone: () => {
      notice.done(t('acted'))
      close()
    },
  })
  return (
    <Dialog title={t('act.changed')} onClose={close} wide>
      <Form<TypedRecord>
        columns={2}
        fields={recordFields(found.kind, {
          ...{ t, known: undefined, typed, more: true, orders: may('orders.read'), departments },
          keptOrderId: before.orderId ?? null,
          product: found.record.productCode === null ? null : { code: found.record.productCode, name: found.productName },
        })}
        initial={before}
        onChange={(values) => setTyped((now) => ({ ...now, ...values }))}
        onSubmit={(values) => {
          const changes = recordOf(found.kind, values) as InputOf<typeof casesApi.changeRecord>['changes']
          return write.send({ caseId: found.id, version: found.version, changes })
        }}
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
