import { PlusOutlined } from '@ant-design/icons'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { deepestCause } from '../domain/causes.ts'
import { type CauseKind, causeKinds } from '../domain/taxonomy.ts'
import { type Cause, nameFields, namesOf, type TypedNames, typedNames, useCauseName } from './set-up-words.ts'

/** What brings complaints about, as a tree that grows with what is found (G-07, G-29). */
export function CausesSetUp() {
  const t = useWords('cases')
  const nameOf = useCauseName()
  const found = useRead(casesApi.causes, {})
  const [open, setOpen] = useState<Cause | { readonly below: Cause | null } | null>(null)
  return (
    <Loaded of={found}>
      {({ causes }) => (
        <>
          <p className="section-about">{t('setUp.causes.about')}</p>
          <Button icon={<PlusOutlined />} onClick={() => setOpen({ below: null })}>
            {t('setUp.causes.add')}
          </Button>
          <ul className="plain-list case-tree" aria-label={t('setUp.causes.title')}>
            {causes.map((cause) => (
              <li key={cause.id} className="row" style={{ paddingInlineStart: `${cause.depth * 1.5}rem` }}>
                <span className={cause.retired ? 'muted' : ''}>{nameOf(cause)}</span>
                {cause.retired && <Tag>{t('setUp.retired')}</Tag>}
                <Button size="small" type="text" onClick={() => setOpen(cause)} aria-label={t('setUp.changeOf', { name: nameOf(cause) })}>
                  {t('setUp.change')}
                </Button>
                {cause.depth + 1 < deepestCause && !cause.retired && (
                  <Button
                    size="small"
                    type="text"
                    icon={<PlusOutlined />}
                    onClick={() => setOpen({ below: cause })}
                    aria-label={t('setUp.causes.addBelow', { name: nameOf(cause) })}
                  />
                )}
              </li>
            ))}
          </ul>
          {open && <CauseForm causes={causes} of={open} close={() => setOpen(null)} />}
        </>
      )}
    </Loaded>
  )
}

interface Typed extends TypedNames {
  readonly kind: CauseKind
  readonly parentId: string | null
  readonly retired: boolean
}

function CauseForm({
  causes,
  of,
  close,
}: {
  readonly causes: readonly Cause[]
  readonly of: Cause | { readonly below: Cause | null }
  readonly close: () => void
}) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const nameOf = useCauseName()
  const onDone = () => {
    notice.done(ui('saved'))
    close()
  }
  const add = useWrite(casesApi.addCause, { onDone })
  const change = useWrite(casesApi.changeCause, { onDone })
  const cause = 'below' in of ? null : of
  const below = 'below' in of ? of.below : null
  const save = cause ? change : add
  const kinds = causeKinds.map((value) => ({ value, label: t(`causeKind.${value}`) }))
  return (
    <Dialog
      title={cause ? nameOf(cause) : below ? t('setUp.causes.addBelow', { name: nameOf(below) }) : t('setUp.causes.add')}
      onClose={close}
    >
      <Form<Typed>
        fields={[
          ...nameFields<Typed>(t),
          {
            name: 'parentId',
            kind: 'choice',
            label: t('setUp.causes.parent'),
            placeholder: t('setUp.causes.top'),
            search: true,
            options: causes
              .filter(({ id, retired }) => id !== cause?.id && !retired)
              .map((one) => ({ value: one.id, label: `${'– '.repeat(one.depth)}${nameOf(one)}` })),
          },
          { name: 'kind', kind: 'choice', label: t('said.causeField'), required: true, options: kinds },
          ...(cause ? ([{ name: 'retired', kind: 'yes', label: t('setUp.retired'), help: t('setUp.causes.retiredHelp') }] as const) : []),
        ]}
        initial={{
          ...(cause ? typedNames(cause.version === 0 ? { en: '', ...cause.names } : cause.names) : {}),
          kind: cause?.kind ?? below?.kind ?? 'method',
          parentId: cause ? cause.parentId : (below?.id ?? null),
          retired: cause?.retired ?? false,
        }}
        onSubmit={(typed) => {
          const said = { parentId: typed.parentId ?? null, kind: typed.kind, names: namesOf(typed) }
          return cause ? change.send({ causeId: cause.id, version: cause.version, ...said, retired: typed.retired }) : add.send(said)
        }}
        problem={save.problem}
        pending={save.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
