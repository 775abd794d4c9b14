import { Button, Modal } from 'antd'
import { useState } from 'react'
import type { InputOf } from '#ui/client.ts'
import { type Field, Form } from '#ui/form.tsx'
import { RunProgress } from '#ui/run-progress.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { relationPhases } from '../domain/archive.ts'
import type { ListInput } from './customer-query.ts'
import { useNamed } from './named.ts'
import { type OwnValue, useOwnFields } from './own-columns.tsx'
import { OwnControl } from './own-fields.tsx'

type Input = InputOf<typeof api.changeMany>
type What = Input['change']['what'] | 'profiling-off'
interface Values {
  readonly what: What
  readonly ownerId: string | null
  readonly tag: string
  readonly phase: NonNullable<Extract<Input['change'], { what: 'phase' }>['phase']> | null
  readonly fieldId: string | null
  readonly value: OwnValue
}

/** Changes everybody whom the list shows at this moment, or those who are ticked; what comes of it can be undone. */
export function ChangeMany({ input, chosen, count }: { input: ListInput; chosen: readonly string[]; count: string | null }) {
  const t = useWords('customers')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{chosen.length > 0 ? t('many.chosen', { count: chosen.length }) : t('many.all')}</Button>
      {open && <Dialog input={input} chosen={chosen} count={count} close={() => setOpen(false)} />}
    </>
  )
}

function Dialog({ input, chosen, count, close }: { input: ListInput; chosen: readonly string[]; count: string | null; close: () => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const named = useNamed()
  const ownFields = useOwnFields()
  const [what, setWhat] = useState<What>('add-tag')
  const [fieldId, setFieldId] = useState<string | null>(null)
  const own = ownFields.find(({ id }) => id === fieldId)
  const change = useWrite(api.changeMany)
  const { sort: _, direction: __, ...filter } = input
  const send = (values: Values) => change.send({ ...(chosen.length > 0 ? { ids: [...chosen] } : { filter }), change: changeOf(values) })
  const fields: readonly Field<Values>[] = [
    {
      name: 'what',
      kind: 'choice',
      label: t('many.what'),
      required: true,
      options: changes
        .filter((one) => one !== 'own' || ownFields.length > 0)
        .map((value) => ({
          value,
          label: t(`many.changes.${value}`),
        })),
    },
    ...(what === 'owner'
      ? [{ name: 'ownerId' as const, kind: 'people' as const, label: t('field.ownerId') }]
      : what === 'add-tag' || what === 'remove-tag'
        ? [{ name: 'tag' as const, kind: 'text' as const, label: t('filter.tag'), required: true, maxLength: 60 }]
        : what === 'phase'
          ? [
              {
                name: 'phase' as const,
                kind: 'choice' as const,
                label: t('field.phase'),
                options: relationPhases.map((value) => ({ value, label: t(`phase.${value}`) })),
              },
            ]
          : what === 'own'
            ? [
                {
                  name: 'fieldId' as const,
                  kind: 'choice' as const,
                  label: t('many.field'),
                  required: true,
                  options: ownFields.map(({ id, names }) => ({ value: id, label: named(names) })),
                },
                ...(own
                  ? [
                      {
                        name: 'value' as const,
                        kind: 'own' as const,
                        label: named(own.names),
                        control: <OwnControl key={own.id} field={own} />,
                      },
                    ]
                  : []),
              ]
            : []),
  ]
  return (
    <Modal
      open
      title={chosen.length > 0 ? t('many.chosen', { count: chosen.length }) : t('many.all')}
      footer={null}
      onCancel={close}
      destroyOnHidden
    >
      {change.result ? (
        <>
          <RunProgress
            run={change.result.runId}
            module="customers"
            alsoChanges={['value']}
            result={(result, run) => <p>{t(run.undoOf ? 'many.undone' : 'many.outcome', { ...(result as object) })}</p>}
          />
          <Button onClick={close}>{ui('close')}</Button>
        </>
      ) : (
        <>
          <p className="muted">{chosen.length > 0 ? t('many.aboutChosen') : t('many.about', { count: count ?? '' })}</p>
          <Form<Values>
            fields={fields}
            initial={{ what, ownerId: null, tag: '', phase: null, fieldId: null, value: null }}
            onChange={(values) => {
              setWhat(values.what)
              setFieldId(values.fieldId ?? null)
            }}
            onSubmit={send}
            problem={change.problem}
            pending={change.pending}
            submit={t('many.do')}
            cancel={close}
          />
        </>
      )}
    </Modal>
  )
}

const changes = ['owner', 'add-tag', 'remove-tag', 'phase', 'own', 'profiling', 'profiling-off'] as const

function changeOf({ what, ownerId, tag, phase, fieldId, value }: Values): Input['change'] {
  if (what === 'owner') return { what, ownerId: ownerId ?? null }
  if (what === 'phase') return { what, phase: phase ?? null }
  if (what === 'own') return { what, fieldId: fieldId ?? '', value: value === '' ? null : (value ?? null) }
  if (what === 'add-tag' || what === 'remove-tag') return { what, tag }
  return { what: 'profiling', profiling: what === 'profiling' }
}
