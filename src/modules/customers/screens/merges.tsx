import { Button, Modal, Radio } from 'antd'
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
import type { CustomerView } from './customer-page.tsx'
import { useFieldName } from './field-name.ts'
import { type MovedGroup, MovedRows, movedGroups, useMovedWords } from './moved-rows.tsx'

type Merge = ResultOf<typeof api.merges>['items'][number]

/** Who was merged into this customer, and the way back. Shows nothing where nobody was. */
export function Merges({ customer }: { customer: CustomerView }) {
  const t = useWords('customers')
  const format = useFormat()
  const owners = usePeople()
  const { may } = useSession()
  const merges = useRead(api.merges, { id: customer.id })
  const [undoing, setUndoing] = useState<string | null>(null)
  const items = merges.data?.items ?? []
  const open = items.find(({ id }) => id === undoing)
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
              <Button size="small" onClick={() => setUndoing(merge.id)}>
                {t('merges.undo')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open && <UndoDialog customer={customer} merge={open} close={() => setUndoing(null)} again={() => void merges.refetch()} />}
    </Section>
  )
}

function UndoDialog({ customer, merge, close, again }: { customer: CustomerView; merge: Merge; close: () => void; again: () => void }) {
  const t = useWords('customers')
  const fieldName = useFieldName()
  const ui = useWords('ui')
  const notice = useNotice()
  const [given, setGiven] = useState<readonly string[]>([])
  const { fields, rows } = merge.since
  const names = { name: merge.mergedName, survivor: String(customer.values.name) }
  const of = (which: 'free' | 'along' | 'gone') => Object.fromEntries(rows.map((row) => [row.table, row[which]]))
  const [free, along, gone] = [movedGroups(of('free')), movedGroups(of('along')), movedGroups(of('gone'))]
  const changed = fields.length + free.length + gone.length > 0
  const undo = useWrite(api.unmerge, {
    alsoChanges: ['orders', 'value', 'insight', 'commitments'],
    onDone: () => {
      notice.done(t('merges.undone', names))
      close()
    },
  })
  const back = Object.fromEntries(Object.entries(merge.moved).map(([table, count]) => [table, count - (of('gone')[table] ?? 0)]))
  const send = () => {
    const give = free.filter(({ name }) => given.includes(name)).flatMap(({ tables }) => [...tables])
    // What came while this was being read is shown before it is decided about.
    undo.send({ id: customer.id, mergeId: merge.id, keepNewer: changed, give }).catch(again)
  }
  return (
    <Modal
      open
      title={t('merges.undoTitle', names)}
      okText={t('merges.undo')}
      cancelText={ui('cancel')}
      confirmLoading={undo.pending}
      onCancel={close}
      onOk={send}
    >
      <p>{t('merges.back', names)}</p>
      <MovedRows rows={back} />
      {(changed || along.length > 0) && <h3>{t('merges.since')}</h3>}
      {free.length > 0 && <p>{t('merges.whose')}</p>}
      {free.map((group) => (
        <Whose
          key={group.name}
          group={group}
          names={names}
          given={given.includes(group.name)}
          give={(to) => setGiven(to ? [...given, group.name] : given.filter((name) => name !== group.name))}
        />
      ))}
      {along.length > 0 && (
        <>
          <p>{t('merges.along')}</p>
          <MovedRows rows={of('along')} />
        </>
      )}
      {fields.length > 0 && <p>{t('merges.fields', { ...names, fields: fields.map(fieldName).join(ui('comma')) })}</p>}
      {gone.length > 0 && (
        <>
          <p>{t('merges.gone')}</p>
          <MovedRows rows={of('gone')} />
        </>
      )}
      <Refused problem={undo.problem} />
    </Modal>
  )
}

/** To whom goes what nobody can tell apart: it stays unless somebody says otherwise. */
function Whose({
  group,
  names,
  given,
  give,
}: {
  group: MovedGroup
  names: { name: string; survivor: string }
  given: boolean
  give: (to: boolean) => void
}) {
  const label = useMovedWords()(group)
  return (
    <div className="row">
      <span className="customer-field">{label}</span>
      <Radio.Group
        aria-label={label}
        value={given}
        onChange={(event) => give(event.target.value as boolean)}
        options={[
          { value: false, label: names.survivor },
          { value: true, label: names.name },
        ]}
      />
    </div>
  )
}
