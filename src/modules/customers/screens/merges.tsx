import { Alert, Button, Modal } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { MovedRows } from './merge-page.tsx'

type Merge = ResultOf<typeof api.merges>['items'][number]

/** Who was merged into this customer, and the way back. Shows nothing where nobody was. */
export function Merges({ customerId }: { customerId: string }) {
  const t = useWords('customers')
  const format = useFormat()
  const owners = usePeople()
  const { may } = useSession()
  const merges = useRead(api.merges, { id: customerId })
  const [undoing, setUndoing] = useState<Merge | null>(null)
  const items = merges.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Section title={t('merges.title')}>
      <ul className="plain-list">
        {items.map((merge) => (
          <li key={merge.id} className="row">
            <span>
              <b>{merge.mergedName}</b>{' '}
              <span className="muted">
                {t('history.by', { at: format.instant(merge.madeAt), name: owners.nameOf(merge.madeBy) ?? merge.madeBy })}
              </span>
            </span>
            {may('customers.merge') && merge.newest && (
              <Button size="small" onClick={() => setUndoing(merge)}>
                {t('merges.undo')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {undoing && <UndoDialog customerId={customerId} merge={undoing} close={() => setUndoing(null)} />}
    </Section>
  )
}

function UndoDialog({ customerId, merge, close }: { customerId: string; merge: Merge; close: () => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const notice = useNotice()
  const { fields, rows } = merge.since
  const changed = fields.length + rows.length > 0
  const undo = useWrite(api.unmerge, {
    alsoChanges: ['orders', 'value', 'insight'],
    onDone: () => {
      notice.done(t('merges.undone', { name: merge.mergedName }))
      close()
    },
  })
  const added = Object.fromEntries(rows.filter(({ added }) => added > 0).map(({ table, added }) => [table, added]))
  return (
    <Modal
      open
      title={t('merges.undoTitle', { name: merge.mergedName })}
      okText={t('merges.undo')}
      cancelText={ui('cancel')}
      confirmLoading={undo.pending}
      onCancel={close}
      onOk={() => void undo.send({ id: customerId, mergeId: merge.id, keepNewer: changed }).catch(() => {})}
    >
      <p>{t('merges.back')}</p>
      <MovedRows rows={merge.moved} />
      {changed && (
        <Alert
          type="warning"
          showIcon
          title={t('merges.since')}
          description={
            <>
              {fields.length > 0 && <div>{fields.map((field) => t(`field.${field}`)).join(ui('comma'))}</div>}
              {Object.keys(added).length > 0 && <MovedRows rows={added} />}
            </>
          }
        />
      )}
      <Refused problem={undo.problem} />
    </Modal>
  )
}
